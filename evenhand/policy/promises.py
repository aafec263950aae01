"""Every promise the policy makes, by its id, in our own words, for customers and colleagues alike."""

from enum import StrEnum


class Promise(StrEnum):
    """The value is how the promise reads to the customer it was made to."""

    C1 = "We name the behaviour we mean, from one short list that everyone can read."
    C2 = "We measure how often you contact us, and leave out what was our own delay, before we call it too much."
    C3 = "Being forceful or determined is not wrong, and anyone can act out of character in distress."
    C4 = "We look after colleagues who are hurt or upset at work."
    I1 = "We look into each case: the facts, what happened, and how often."
    I2 = "We contact you and listen to your side before we decide anything against you."
    S1 = "We ask whether something is making things harder for you."
    S2 = "We ask someone to help only if you agree, and you can change your mind."
    D1 = "We tell you what we decided and why."
    D2 = "You can ask us to look again at a decision, and someone new and senior will."
    E1 = "If we limit how, how often or when you contact us, we tell you exactly what the limits are."
    E2 = "If you have one named person to contact, we tell you who and how to reach them."
    M1 = "A note on your record to keep colleagues safe is about one thing that happened, never about who you are."
    M2 = "We look at that note again at least every six months."
    M3 = "You can ask us to look again at that note, and if we were wrong we cancel it everywhere."
    P1 = "We report what we believe is a crime to the police."
    L1 = "We may go to court, and sometimes the law lets us start without telling you first."
    L2 = "If we go to court we tell you where to get independent legal advice."
    R1 = "The policy has an owner, is reviewed on time, and anyone can read it."
    R2 = "We check how well the policy works for everybody."

    @property
    def id(self) -> str:
        """The promise's short name, as in documents, letters and tests."""
        return self.name

    @property
    def among_colleagues(self) -> str:
        """How the promise reads to a colleague who has to keep it."""
        return AMONG_COLLEAGUES[self]


AMONG_COLLEAGUES = {
    Promise.C1: "The behaviour is named, from the policy’s own list.",
    Promise.C2: "Demand is measured, with our own delay left out, before it is called too much.",
    Promise.C3: "Being forceful or determined is not wrong, and anyone can act out of character in distress.",
    Promise.C4: "Colleagues who are hurt or upset are looked after the same day.",
    Promise.I1: "Each case is looked into: the facts, what happened, and how often.",
    Promise.I2: "The customer is contacted and their side heard before anything is decided against them.",
    Promise.S1: "The customer is asked whether something makes things harder for them.",
    Promise.S2: "Others are asked to help only if the customer agrees.",
    Promise.D1: "The customer is told what was decided, and why.",
    Promise.D2: "The customer may appeal to someone senior who took no part.",
    Promise.E1: "The customer is told exactly how, how often and when they can contact us.",
    Promise.E2: "The customer is told who their one contact is, and of every change.",
    Promise.M1: "A marker rests on one dated incident, and the person is told of it.",
    Promise.M2: "A marker is reviewed at least every six months.",
    Promise.M3: "The customer may appeal a marker; one that was wrong is withdrawn everywhere.",
    Promise.P1: "What we believe is a crime is reported to the police.",
    Promise.L1: "A legal step without notice stays sealed until the papers are served.",
    Promise.L2: "Once served, the customer is told where to get independent legal advice.",
    Promise.R1: "The policy has an owner, is reviewed on time, and anyone can read it.",
    Promise.R2: "How the policy works is checked, for everybody.",
}
