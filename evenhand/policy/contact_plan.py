"""E1, E2, M1: what to do today about one person, or one home, and whether a contact is within the limits.

Limits bind the customer's contact with us. What we must send or say goes by a way left open that suits them. A marker
binds how we attend. Everything that is held makes one answer, and none ever refuses an emergency (rule 1).
"""

from dataclasses import replace
from datetime import date, datetime

from evenhand.policy import attendance, contact_limits, contact_why
from evenhand.policy.answer import Allowed, Answer, AnswerCode, Asker, Instruction
from evenhand.policy.attendance import NOT_A_PROMISE, Desk
from evenhand.policy.contact_limits import Now
from evenhand.policy.contact_talk import HELP_NOW, call_in, call_out, message
from evenhand.policy.contact_ways import OURS, Ways, ways
from evenhand.policy.contact_within import within
from evenhand.policy.day_words import day, day_of
from evenhand.policy.events.marker import Control
from evenhand.policy.held import Held
from evenhand.policy.terms import Terms

__all__ = ["answer", "unanswered", "within"]

NOTHING = f"We hold no warning about this person. {NOT_A_PROMISE}"
NOTHING_HERE = f"We hold no warning about this home. {NOT_A_PROMISE}"
STALE = "Our copy of the housing register is out of date"
NO_ANSWER = {
    AnswerCode.NO_MATCH: (
        "Nobody here matches. Check the spelling, or try a telephone number, an address or a reference."
    ),
    AnswerCode.SEVERAL_MATCHES: (
        "More than one person matches. Ask for a second detail, such as their address, before you go on."
    ),
    AnswerCode.REGISTER_STALE: f"{STALE}, so nobody can say that nothing is held.",
    AnswerCode.UNAVAILABLE: "The check is not working just now, so it says nothing about this person.",
    AnswerCode.NOT_KNOWN: "That does not say who is meant. Give a name, a telephone number, an address or a reference.",
}


def answer(held: Held, at: datetime, asker: Asker, terms: Terms, *, stale_since: date | None = None) -> Answer:
    """Today's answer from what is held on the day of `at`, an aware moment in the landlord's local time.

    `stale_since` is the day of the register, where it is too old to rely on: then nothing is never said to be held,
    and what is held is said all the same.
    """
    if held.died_on and held.died_on <= day_of(at):
        return _died(held, at, asker, terms)
    left, stand = ways(held), contact_limits.now(held, at, terms)
    desk = _desk(held, asker)
    visit, at_the_door = attendance.visit(held, left.ours, desk)
    lead = " ".join(words for words in (at_the_door, *_beside_the_door(held, left, stand, desk)) if words)
    found = Answer(
        code=AnswerCode.INSTRUCTION,
        lead=lead,
        visit=visit,
        call_in=call_in(held, left, stand, desk),
        call_out=call_out(held, left, stand, desk),
        message=message(held, left, stand, desk),
        valid_until=contact_limits.hours_of(held, terms).stays_until(at),
        controls=attendance.controls_of((*held.markers, *held.others)),
        why=contact_why.why(held, asker),
        help=contact_why.help_needed(held, asker),
        overdue=contact_why.overdue(held, asker, day_of(at), held.telephone),
        cautions=(*contact_why.cautions(held, asker), *_more_open(left, asker)),
        acknowledge=any(marker.high for marker in (*held.markers, *held.others)),
        ask=desk.name,
    )
    if asker is not Asker.CONTRACTOR:
        found = replace(found, within_now=stand.within, next_within=stand.next)
    return _complete(found, held, at, stale_since)


def unanswered(code: AnswerCode, at: datetime, telephone: str = "") -> Answer:
    """An answer that is none: nobody or several match, or nothing can be said. Never like “nothing held”."""
    care = f"Until you know, take care as if there were a warning{f', ask us on {telephone}' if telephone else ''}"
    words = f"{NO_ANSWER[code]} {care}, and follow the lone-working procedure."
    careful = Instruction(Allowed.WITH_CARE, f"{care}.", HELP_NOW)
    return Answer(
        code=code,
        lead=words,
        visit=Instruction(Allowed.WITH_CARE, f"{care}, and follow the lone-working procedure.", attendance.ATTEND),
        call_in=careful,
        call_out=careful,
        message=careful,
        valid_until=at,
        ask=telephone,
    )


def _desk(held: Held, asker: Asker) -> Desk:
    """Whom to ask: whoever decides about the first thing that is held."""
    us = f"us on {held.telephone}" if held.telephone else "a manager"
    return Desk(asker, next((each.ask for each in held.told if each.ask), us), held.telephone)


def _beside_the_door(held: Held, left: Ways, stand: Now, desk: Desk) -> list[str]:
    """The rest of the leading sentence: calls, limits, and ways that do not suit or are not safe."""
    said = []
    if any(Control.NO_LONE_CALLS in marker.controls for marker in held.markers):
        said.append("Take calls with a colleague listening.")
    if stand.within is not None:
        if desk.asker is Asker.CONTRACTOR:
            said.append("For anything but your own visit, they contact the landlord.")
        else:
            said.append(contact_limits.in_short(held, left, stand))
    if left.ours < OURS and stand.within is None:
        said.append(_reach_them(left, desk))
    return said


def _reach_them(left: Ways, desk: Desk) -> str:
    if desk.asker is Asker.CONTRACTOR:
        return f"Before you ring or write to them, ask {desk.name} how."
    if not left.ours:
        return f"Do not contact them before you have spoken to {desk.name}."
    return f"Contact them {attendance.names_of(left.ours)} only."


def _more_open(left: Ways, asker: Asker) -> tuple[str, ...]:
    if not left.widened or asker is Asker.CONTRACTOR:
        return ()
    open_ways = attendance.names_of(left.theirs)
    return (f"The limits leave no way that suits them. Until a manager changes them, take contact {open_ways}.",)


def _complete(found: Answer, held: Held, at: datetime, stale_since: date | None) -> Answer:
    """The sentence where nothing leads, and what an old register takes away from it."""
    if stale_since is not None:
        late = f"{STALE}: it is from {day(stale_since)}. Something newer may be missing here."
        found = replace(found, cautions=(*found.cautions, late))
    if found.lead:
        calm = held.is_empty
        return replace(found, lead=f"{found.lead} {NOTHING}") if calm else found
    if stale_since is not None:
        unsure = unanswered(AnswerCode.REGISTER_STALE, at, held.telephone)
        return replace(unsure, help=found.help, cautions=found.cautions)
    return replace(found, code=AnswerCode.NOTHING_HELD, lead=NOTHING_HERE if held.of_home else NOTHING)


def _died(held: Held, at: datetime, asker: Asker, terms: Terms) -> Answer:
    """Rule 10: death ends what followed the person; what belongs to the home, or to others there, still holds."""
    home = replace(held, died_on=None, limits=(), contacts=(), markers=(), needs=frozenset(), unsafe=frozenset())
    found = answer(home, at, asker, terms)
    when = "" if asker is Asker.CONTRACTOR or held.died_on is None else f" on {day(held.died_on)}"
    no = Instruction(Allowed.NO, "Do not write or ring to them. Speak to their family with care.", HELP_NOW)
    take = Instruction(Allowed.WITH_CARE, "Whoever rings is somebody else. Take the call with care.", HELP_NOW)
    visit = found.visit
    if visit.allowed is Allowed.YES:
        visit = replace(visit, allowed=Allowed.WITH_CARE)
    return replace(
        found,
        code=AnswerCode.DIED,
        lead=f"We hold that this person died{when}. Do not ring or write to them. {visit.words}",
        visit=visit,
        call_in=take,
        call_out=no,
        message=no,
        within_now=None,
        next_within=None,
    )
