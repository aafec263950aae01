"""E1, E2, rule 2: what to do about a call in, a call out and a message, over limits, needs and markers at once."""

from evenhand.policy.answer import Allowed, Instruction
from evenhand.policy.attendance import Desk
from evenhand.policy.contact_limits import Now, reach
from evenhand.policy.contact_ways import Ways, by
from evenhand.policy.day_words import listed
from evenhand.policy.events.marker import Control
from evenhand.policy.held import Held
from evenhand.policy.need import Channel

LISTENING = "Take the call with a colleague listening."
RING_LISTENING = "Ring with a colleague listening."
ASK = "Ask first whether it is an emergency."
HELP_NOW = "Help now."
READ_FIRST = "What they write outside the limits is read for a hazard first."
LAST_RESORT = "Help now. Ring only if nothing else reaches them in time"
CHECK_WHO = "Check the person you want to reach: what suits them, and any limit, follows them and not the home."
WRITE = frozenset({Channel.EMAIL, Channel.LETTER})


def call_in(held: Held, left: Ways, stand: Now, desk: Desk) -> Instruction:
    """They are ringing: whether the call goes on as usual. In an emergency it always does."""
    listening = listens(held)
    emergency = f"{HELP_NOW} {LISTENING}" if listening else HELP_NOW
    if held.of_home:
        words = "Ask who is ringing, and check that person: limits follow people, never homes."
        return Instruction(Allowed.WITH_CARE, words, HELP_NOW)
    if stand.within is None:
        return _as_usual(LISTENING if listening else "", "Answer as usual.", emergency)
    if desk.for_contractor:
        words = f"Speak about your own visit only. For anything else they contact {desk.landlord}."
        return Instruction(Allowed.WITH_CARE, f"{words} {LISTENING}" if listening else words, emergency)
    if instead := _instead_of_this_call(held, left, stand):
        return Instruction(Allowed.NO, f"{ASK} {instead}", emergency)
    return _as_usual(LISTENING if listening else "", "This call is within the limits: answer it.", emergency)


def _instead_of_this_call(held: Held, left: Ways, stand: Now) -> str:
    """What to tell somebody whose call is outside the limits: whom they contact, how and when. Empty if it is not."""
    whom = listed((reach(each) for each in held.contacts), "or")
    again = f" {stand.again}" if stand.again else ""
    if Channel.PHONE not in left.theirs:
        return f"If it is not, they contact {whom or 'us'} {by(left.theirs)}{again}."
    if whom:
        later = f" Their next time within the limits is{again.replace(' from', '', 1)}." if again else ""
        return f"If it is not, put them through to {whom}.{later}"
    return f"If it is not, they may ring again{again}." if again else ""


def call_out(held: Held, left: Ways, desk: Desk) -> Instruction:
    """We ring them. What we must tell them goes by a way that suits them, and one left open where there is one."""
    listening = listens(held)
    if held.of_home:
        return Instruction(Allowed.WITH_CARE, CHECK_WHO, HELP_NOW)
    if Channel.PHONE in left.ours:
        return _as_usual(
            RING_LISTENING if listening else "", "Ring as usual.", RING_LISTENING if listening else "Ring now."
        )
    # To a contractor always, so that it tells nothing of danger to the person.
    discreet = desk.for_contractor or Channel.PHONE in held.unsafe
    quietly = ", and say nothing to anyone else who answers" if discreet else ""
    return Instruction(Allowed.NO, f"Do not ring. {_reach_them(held, left, desk)}", f"{LAST_RESORT}{quietly}.")


def message(held: Held, left: Ways, stand: Now, desk: Desk) -> Instruction:
    """We write to them, by email or by letter; and what comes of what they write."""
    if held.of_home:
        return Instruction(Allowed.WITH_CARE, CHECK_WHO, HELP_NOW)
    also = f" {READ_FIRST}" if stand.within is not None and not desk.for_contractor else ""
    written = left.ours & WRITE
    help_now = "Help now: do not wait for a letter."
    if not written:
        return Instruction(Allowed.NO, f"Do not write. {_reach_them(held, left, desk)}{also}", help_now)
    if written == WRITE:
        return Instruction(Allowed.YES, f"Write by email or by letter.{also}", help_now)
    return Instruction(Allowed.WITH_CARE, f"Write {by(written)} only.{also}", help_now)


def listens(held: Held) -> bool:
    """Whether calls with this person are taken with a colleague listening."""
    return any(Control.NO_LONE_CALLS in marker.controls for marker in held.markers)


def _reach_them(held: Held, left: Ways, desk: Desk) -> str:
    """How to reach them; a contractor, who is told nothing of needs or danger, asks.

    Whoever is told not to visit is never told in the next line to reach them by a visit.
    """
    if desk.for_contractor:
        return f"Ask {desk.name} how to reach them."
    kept_away = any(Control.OFFICE_ONLY in marker.controls for marker in held.markers)
    open_to_us = left.ours - {Channel.VISIT} if kept_away else left.ours
    if not open_to_us:
        return f"No safe way to reach them is known. Speak to {desk.name} first."
    return f"Reach them {by(open_to_us)}."


def _as_usual(care: str, usual: str, emergency: str) -> Instruction:
    return Instruction(Allowed.WITH_CARE if care else Allowed.YES, care or usual, emergency)
