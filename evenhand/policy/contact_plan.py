"""E1, E2, M1: what to do today about one person, or one home, and whether a contact is within the limits.

Limits bind the customer's contact with us. What we must send or say goes by a way left open that suits them. A marker
binds how we attend. Everything that is held makes one answer, and none ever refuses an emergency (rule 1).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from evenhand.policy import attendance, contact_limits, contact_why
from evenhand.policy.answer import Allowed, Answer, AnswerCode, Asker, Instruction
from evenhand.policy.attendance import NOT_A_PROMISE, Desk
from evenhand.policy.contact_limits import Now
from evenhand.policy.contact_talk import HELP_NOW, call_in, call_out, listens, message
from evenhand.policy.contact_ways import Ways, by
from evenhand.policy.contact_ways import ways as ways_left
from evenhand.policy.contact_within import within
from evenhand.policy.day_words import day, day_of, listed
from evenhand.policy.held import Held
from evenhand.policy.need import Channel
from evenhand.policy.terms import Terms

__all__ = ["answer", "unanswered", "within"]

NOTHING = f"We hold no warning about this person. {NOT_A_PROMISE}"
NOTHING_HERE = f"We hold no warning about this home. {NOT_A_PROMISE}"
STALE = "Our copy of the housing register is out of date"
CARE = "Until you know more, take the care that a warning would ask of you"
NO_ANSWER = {
    AnswerCode.NO_MATCH: "Nobody matches. Check the spelling, or try a telephone number, an address or a reference.",
    AnswerCode.SEVERAL_MATCHES: (
        "More than one person may match. Ask for a second detail, such as their address, before you go on."
    ),
    AnswerCode.REGISTER_STALE: f"{STALE}, so nobody can say that nothing is held.",
    AnswerCode.UNAVAILABLE: "The check is not working just now, so it says nothing about this person.",
    AnswerCode.NOT_KNOWN: "That does not say who is meant. Give a name, a telephone number, an address or a reference.",
}
NEARLY = "Nobody is spelt so, one person nearly so. Ask for a second detail, such as their address, before you go on."
LOOK = "Before you ring or write to them, look at what they need of us."
DO_NOT = {Channel.PHONE: "ring", Channel.EMAIL: "email", Channel.LETTER: "send letters to"}


def answer(
    held: Held, at: datetime, asker: Asker, terms: Terms, *, stale_since: date | None = None, ahead: bool = False
) -> Answer:
    """The answer from what is held on the day of `at`, an aware moment in the landlord's local time.

    `stale_since` is the day of the register, where it is too old to rely on: then it is never said that nothing is
    held, and what is held is said all the same. `ahead`: it is about a visit to come and is read before that, so no
    word of it is “today”, and it does not change because the person contacted us in between.
    """
    died_on = held.died_on if held.died_on and held.died_on <= day_of(at) else None
    if died_on:
        held = replace(held, limits=(), contacts=(), markers=(), needs=frozenset(), unsafe=frozenset())
    if held.says_nothing and stale_since is None:
        found = _of_nothing(held.telephone, held.of_home, asker, day_of(at), at.tzinfo)
    else:
        found = _weighed(held, contact_limits.now(held, at, terms, ahead=ahead), asker, terms, stale_since)
    return _died(found, died_on, asker) if died_on else found


@lru_cache(maxsize=256)
def _of_nothing(telephone: str, of_home: bool, asker: Asker, on: date, zone: tzinfo | None) -> Answer:
    """Most people have nothing held: for all of them a day's answer is the same, and is made once."""
    begin = datetime.combine(on, time.min, zone)
    return _weighed(Held(telephone=telephone, of_home=of_home), Now(begin, None, None), asker, Terms(), None)


def _weighed(held: Held, stand: Now, asker: Asker, terms: Terms, stale_since: date | None) -> Answer:
    """All that is held of the living, as one answer."""
    left, at = ways_left(held), stand.at
    desk = Desk(asker, next((each.ask for each in held.told if each.ask), ""), held.telephone)
    unsuited = [words for channel, words in DO_NOT.items() if channel not in left.suited | held.unsafe]
    visit, at_the_door = attendance.visit(held, left.suited, desk)
    contractor = desk.for_contractor
    found = Answer(
        code=AnswerCode.INSTRUCTION,
        lead=" ".join(words for words in (at_the_door, *_beside_the_door(held, left, stand, desk)) if words),
        visit=visit,
        call_in=call_in(held, left, stand, desk),
        call_out=call_out(held, left, desk),
        message=message(held, left, stand, desk),
        valid_until=contact_limits.hours_of(held, terms).stays_until(at),
        within_now=None if contractor else stand.within,
        next_within=None if contractor else stand.next,
        controls=attendance.controls_of((*held.markers, *held.others)),
        why=contact_why.why(held, asker),
        help=(*contact_why.help_needed(held, asker), *_ways_of_need(unsuited, desk)),
        overdue=contact_why.overdue(held, asker, day_of(at)),
        cautions=(*contact_why.cautions(held, asker), *_of_the_limits(held, left, stand, desk, terms)),
        acknowledge=any(marker.high for marker in (*held.markers, *held.others)),
        ask=held.telephone if contractor else desk.who or held.telephone,
    )
    return _led(found, held, at, stale_since, needs_a_look=bool(unsuited))


def unanswered(code: AnswerCode, at: datetime, telephone: str = "", why: str = "") -> Answer:
    """An answer that is none: nobody or several match, or nothing can be said. Never like “nothing held”.

    `why` says so more exactly than the code alone.
    """
    ask = f" Ask us on {telephone}." if telephone else ""
    careful = Instruction(Allowed.WITH_CARE, f"{CARE}.{ask}", HELP_NOW)
    alone = f"{CARE}, and follow the lone-working procedure.{ask}"
    return Answer(
        code=code,
        lead=f"{why or NO_ANSWER[code]} {alone}",
        visit=Instruction(Allowed.WITH_CARE, alone, f"{attendance.ATTEND} Go with a colleague."),
        call_in=careful,
        call_out=careful,
        message=careful,
        valid_until=at,
        ask=telephone,
    )


def _beside_the_door(held: Held, left: Ways, stand: Now, desk: Desk) -> list[str]:
    """The rest of the leading sentence: calls, limits, and ways of ours that do not suit or are not safe."""
    said = ["Take calls with a colleague listening."] if listens(held) else []
    if stand.within is None:
        return [*said, _not_by(held, left, desk)]
    if desk.for_contractor:
        return [*said, "For anything but your own visit, they contact the landlord."]
    return [*said, contact_limits.in_short(held, left, stand)]


def _not_by(held: Held, left: Ways, desk: Desk) -> str:
    """How not to contact somebody whom nothing limits. What only a need rules out is no warning (rule 11), so it is
    said with their needs; but a contractor, who may not tell the one from the other, asks in either case."""
    if desk.for_contractor:
        return f"Before you ring or write to them, ask {desk.name} how." if DO_NOT.keys() - left.suited else ""
    if not left.suited:
        return f"Do not contact them before you have spoken to {desk.name}."
    closed = [words for channel, words in DO_NOT.items() if channel in held.unsafe]
    return f"Do not {listed(closed, 'or')} them." if closed else ""


def _ways_of_need(unsuited: Sequence[str], desk: Desk) -> Iterator[str]:
    """Which ways of ours a need rules out, whatever the need is. A contractor is told nothing of needs."""
    if unsuited and not desk.for_contractor:
        yield f"Do not {listed(unsuited, 'or')} them: it does not suit them"


def _of_the_limits(held: Held, left: Ways, stand: Now, desk: Desk, terms: Terms) -> list[str]:
    """What else to know of the limits: bank holidays, and that more is open than they say."""
    if desk.for_contractor:
        return []
    said = contact_limits.bank_holidays(held, stand.at, terms)
    if left.widened:
        said.append(f"The limits leave no way that suits them. Until they are changed, take contact {by(left.theirs)}.")
    return said


def _led(found: Answer, held: Held, at: datetime, stale_since: date | None, *, needs_a_look: bool) -> Answer:
    """The sentence where nothing leads, and what an old register takes away from it. Where only their needs ask
    something of whoever reaches them, it says where to look and not what they are."""
    nothing = NOTHING_HERE if held.of_home else NOTHING
    if stale_since is not None:
        late = f"{STALE}: it is from {day(stale_since)}, and something newer may be missing."
        found = replace(found, cautions=(*found.cautions, late))
    if needs_a_look and not found.lead:
        found = replace(found, lead=LOOK)
    if found.lead:
        calm = held.is_empty and found.visit.allowed is Allowed.YES and stale_since is None
        return replace(found, lead=f"{found.lead} {nothing}") if calm else found
    if stale_since is None:
        return replace(found, code=AnswerCode.NOTHING_HELD, lead=nothing)
    unsure = unanswered(AnswerCode.REGISTER_STALE, at, held.telephone)
    return replace(unsure, help=found.help, cautions=found.cautions)


def _died(found: Answer, died_on: date, asker: Asker) -> Answer:
    """Rule 10: death ends what followed the person; what belongs to the home, or to others there, still holds. `found`
    is of what is left."""
    visit = found.visit
    if visit.allowed is Allowed.YES:
        visit = replace(visit, allowed=Allowed.WITH_CARE)
    on = "" if asker is Asker.CONTRACTOR else f" on {day(died_on)}"
    nothing = Instruction(Allowed.NO, "Do not ring or write to them. Speak to their family with care.", HELP_NOW)
    return replace(
        found,
        code=AnswerCode.DIED,
        lead=f"We hold that this person died{on}. Do not ring or write to them. {visit.words}",
        visit=visit,
        call_in=Instruction(Allowed.WITH_CARE, "Whoever rings is somebody else. Take the call with care.", HELP_NOW),
        call_out=nothing,
        message=nothing,
    )
