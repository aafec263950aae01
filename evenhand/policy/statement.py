"""D1: what each letter must say, by the ids of its statements. Wording is the landlord's; leaving one out is not."""

from evenhand.policy.events.correspondence import LetterKind

ALWAYS = frozenset({"what", "why", "next", "complain", "ombudsman", "advocate"})
APPEAL = frozenset({"appeal.route", "appeal.last_day", "appeal.help"})
EMERGENCY = frozenset({"emergency.route"})
RIGHTS = frozenset({"rights.see", "rights.correct", "rights.object", "rights.ico"})
ADVICE = frozenset({"advice"})

OF: dict[LetterKind, frozenset[str]] = {
    LetterKind.INVITATION: frozenset({"undecided", "account.invite", "account.support", "until"}),
    LetterKind.REMINDER: frozenset({"undecided", "account.invite", "account.support", "until"}),
    LetterKind.NO_ACTION: frozenset({"decision"}),
    LetterKind.WARNING: frozenset({"stop", "until", "respond"}),
    LetterKind.FINDING: frozenset({"decision", "forceful", "stop"}) | APPEAL,
    LetterKind.LIMITS: frozenset({"limits.how", "until"}) | EMERGENCY | APPEAL,
    LetterKind.SINGLE_CONTACT: frozenset({"until"}) | EMERGENCY | APPEAL,
    LetterKind.MARKER: frozenset({"decision", "marker.shows", "marker.audience", "until"}) | APPEAL | RIGHTS,
    LetterKind.REVIEW_NOTICE: frozenset({"respond"}),
    LetterKind.REVIEW_OUTCOME: frozenset({"decision"}),
    LetterKind.LIMIT_ENDED: frozenset(),
    LetterKind.MARKER_ENDED: frozenset(),
    LetterKind.APPEAL_RECEIVED: frozenset({"until", "respond"}),
    LetterKind.APPEAL_OUTCOME: frozenset({"decision"}),
    LetterKind.COUNTER_ALLEGATION_OUTCOME: frozenset({"decision"}),
    LetterKind.REFERRAL: frozenset({"shares", "withdraw"}),
    LetterKind.LEGAL: ADVICE | {"respond"},
}

OBJECTION_ANSWER = ALWAYS | frozenset({"looked", "rights.ico"})
"""What the answer to a customer must say who objects to how often they were counted: no case calls for it (C2)."""


def must_say(kind: LetterKind, *, appealable: bool, limits_contact: bool) -> frozenset[str]:
    """The statements this letter may not leave out.

    `appealable` adds the route and the last day; `limits_contact` the emergency route (rule 1), whatever the kind.
    """
    needed = ALWAYS | OF[kind]
    if appealable:
        needed |= APPEAL
    if limits_contact:
        needed |= EMERGENCY
    return needed
