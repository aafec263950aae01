"""An invented letter of each kind: what `evenhand check` sets, what a landlord previews and what the tests look at."""

from dataclasses import replace
from datetime import date

from evenhand.cases.correspondence import (
    Account,
    Allegation,
    Appeal,
    ConductItem,
    Ended,
    Legal,
    LetterData,
    Limits,
    Marker,
    ObjectionAnswer,
    Referral,
    Review,
    SingleContact,
    Warned,
)
from evenhand.cases.correspondents import Landlord, Recipient, Sender
from evenhand.cases.letter_kind import Kind

LANDLORD = Landlord(
    name="Harbour Homes",
    address=("Quayside House", "1 Quay Street", "Manchester", "M3 3JE"),
    telephone="0161 496 0100",
    email="hello@harbourhomes.example",
    website="www.harbourhomes.example",
    emergency_telephone="0161 496 0999",
    complaints="call 0161 496 0100 or write to complaints@harbourhomes.example",
)
RECIPIENT = Recipient(name="Mrs Zofia Wójcik", address=("Flat 3", "27 Mill Lane", "Salford", "M5 4WT"))
SENDER = Sender(
    name="Priya Shah", team="Successful Tenancies team", telephone="0161 496 0122", email="conduct@harbourhomes.example"
)
HOW = ("call 0161 496 0122", "email conduct@harbourhomes.example", "write to us, or ask someone to do it for you")
APPEAL = Appeal(how=HOW, last_day=date(2026, 12, 15))
CONDUCT = (
    ConductItem(
        words="shouted and swore at a colleague who came to mend your boiler", day=date(2026, 10, 5),
        finding="unacceptable",
    ),
    ConductItem(words="called a colleague names on the telephone", day=date(2026, 10, 9), finding="unacceptable"),
)  # fmt: skip
REASONS = (
    "Two colleagues told us the same thing. You agreed that you shouted. We know the boiler was late, and we are sorry."
)
MARKER = Marker(
    incident_on=date(2026, 10, 5),
    reason="said that you would hit a colleague at your door",
    risk="A colleague who visits could be hurt.",
    control="Visit in pairs. Ring first.",
    audience=("our repairs team and our contractors", "our housing officers", "our call handlers"),
    placed_on=date(2026, 10, 20),
    review_on=date(2027, 4, 20),
)
LIMITS = Limits(
    channels=("email to conduct@harbourhomes.example", "letter"),
    closed=("telephone calls", "visits to our office"),
    often="once a week",
    weekdays=("Wednesday",),
    hours="9am to 12 noon",
    expectation="do not shout or swear at our colleagues",
    starts=date(2026, 11, 20),
    ends=date(2027, 5, 20),
    review_on=date(2027, 2, 20),
)
SINGLE = SingleContact(
    name="Daniel Okafor",
    telephone="0161 496 0122",
    email="conduct@harbourhomes.example",
    hours="Monday to Friday, 9am to 5pm",
    cover="anyone in the Successful Tenancies team, on the same number",
    starts=date(2026, 11, 20),
    ends=date(2027, 5, 20),
    review_on=date(2027, 2, 20),
)
_NOTE = "the note on your record to keep colleagues safe"
_PARTS: dict[Kind, dict[str, object]] = {
    Kind.INVITATION: {
        "account": Account(by=date(2026, 11, 27), how=HOW, meeting="Tuesday 24 November 2026 at 2:30pm at your home")
    },
    Kind.REMINDER: {
        "account": Account(by=date(2026, 12, 4), how=HOW, asked_on=(date(2026, 11, 10), date(2026, 11, 17))),
    },
    Kind.NO_ACTION: {
        "keep_until": date(2027, 11, 17),
        "reasons": "You were loud because the line was bad. You were firm, and you had a right to be.",
    },
    Kind.WARNING: {
        "warning": Warned(
            may_follow="limit how and when you can contact us", until=date(2027, 5, 17),
            expected="Please talk to our colleagues without shouting.",
        ), "appeal": APPEAL
    },
    Kind.FINDING: {
        "appeal": APPEAL, "often": "It happened twice in one week.", "heard": "You said that you were cold and tired.",
        "beyond_forceful": "You called our colleague names after being asked to stop.", "police_told": True,
        "adjustments": ("we will ring you before we visit", "we will write in large print"),
        "keep_until": date(2028, 11, 17),
    },
    Kind.LIMITS: {
        "limits": LIMITS, "limits_contact": True, "appeal": replace(APPEAL, how=HOW[1:]),
        "earlier_warning_on": date(2026, 9, 1), "sender": replace(SENDER, closed=("phone",)),
    },
    Kind.SINGLE_CONTACT: {"single_contact": SINGLE, "limits_contact": True, "appeal": APPEAL},
    Kind.MARKER: {"marker": MARKER, "appeal": APPEAL, "police_told": True},
    Kind.REVIEW_NOTICE: {
        "review": Review(of=_NOTE, on=date(2027, 4, 20), respond_by=date(2027, 4, 9)), "marker": MARKER
    },
    Kind.REVIEW_OUTCOME: {
        "review": Review(of=_NOTE, on=date(2026, 11, 12), result="kept", next_on=date(2027, 5, 12)),
        "marker": MARKER, "appeal": APPEAL,
        "reasons": "A colleague was told at your door in October that it could happen again.",
    },
    Kind.LIMIT_ENDED: {
        "ended": Ended(what="the limits on how you can contact us", on=date(2026, 11, 16)), "reasons": "",
    },
    Kind.MARKER_ENDED: {
        "ended": Ended(what=_NOTE, on=date(2026, 11, 16), told=("our repairs contractor", "our call handlers")),
        "marker": MARKER, "keep_until": date(2027, 5, 16),
        "reasons": "Nothing like it has happened since. Our colleagues have visited you and felt safe.",
    },
    Kind.APPEAL_RECEIVED: {
        "appeal": Appeal(
            how=HOW, against="our decision of 3 November 2026", received_on=date(2026, 11, 13),
            decide_by=date(2026, 12, 11),
        ),
        "limits_contact": True,
    },
    Kind.APPEAL_OUTCOME: {
        "appeal": Appeal(
            how=HOW, against="our decision of 3 November 2026", received_on=date(2026, 11, 13), result="varied",
            changes="You can now telephone us as well as write. Everything else stays the same until 20 May 2027.",
        ),
        "reasons": "You told us that writing is hard for you. We should have thought of that before.",
    },
    Kind.COUNTER_ALLEGATION_OUTCOME: {
        "allegation": Allegation(
            received_on=date(2026, 10, 14), about="that a colleague was rude to you on 5 October 2026",
            outcome="We agree that our colleague should have spoken to you differently. We are sorry.",
            doing="We will train our colleagues again.",
        ),
        "reasons": "We listened to the recording of the call. We asked everyone who was there.",
    },
    Kind.REFERRAL: {
        "referral": Referral(
            to="Salford Mediation", purpose="talk things through with your neighbour", agreed_on=date(2026, 11, 12),
            shares=("your name", "your telephone number", "what you told us about the noise"),
            withdraw="call 0161 496 0122 or email conduct@harbourhomes.example", contact_by=date(2026, 12, 1),
        ),
    },
    Kind.LEGAL: {
        "legal": Legal(
            what="for an order that stops threats at your home", court="the County Court at Manchester",
            served_on=date(2026, 11, 16), claim_number="K01MA123", hearing="10am on 4 January 2027",
            in_force="You must not threaten our colleagues.", what_next="You have 14 days to answer the court.",
        ),
    },
    Kind.OBJECTION_ANSWER: {
        "objection": ObjectionAnswer(
            received_on=date(2026, 11, 5), words="I only rang because it was cold.",
            looked_at="We looked at every call since May. We looked at when your boiler was due.",
            changed="We were late with your boiler. We no longer count the calls you made about it.",
        ),
    },
}  # fmt: skip


def sample(kind: Kind, nation: str = "england") -> LetterData:
    """An invented letter of this kind, with every part that its wording speaks of."""
    landlord = Landlord(**{**{name: getattr(LANDLORD, name) for name in LANDLORD.__slots__}, "nation": nation})
    return LetterData(
        landlord=landlord, recipient=RECIPIENT, reference="EH-7K3F-92QM", dated=date(2026, 11, 17),
        conduct=CONDUCT, **{"sender": SENDER, "reasons": REASONS, **_PARTS[kind]},  # type: ignore[arg-type]
    )  # fmt: skip
