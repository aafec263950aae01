"""E1, E2, rule 2: what to do about a call in, a call out and a message, over limits, needs and markers at once."""

from evenhand.policy.answer import Allowed, Asker, Instruction
from evenhand.policy.attendance import Desk, names_of
from evenhand.policy.contact_limits import Now, reach
from evenhand.policy.contact_ways import Ways
from evenhand.policy.day_words import clock, day, listed
from evenhand.policy.events.marker import Control
from evenhand.policy.held import Held
from evenhand.policy.need import Channel

LISTENING = "Take the call with a colleague listening."
RING_LISTENING = "Ring with a colleague listening."
ASK = "Ask first whether it is an emergency."
HELP_NOW = "Help now."
READ_FIRST = "What they write outside the limits is read for a hazard first."
WRITE = frozenset({Channel.EMAIL, Channel.LETTER})


def call_in(held: Held, left: Ways, stand: Now, desk: Desk) -> Instruction:
    """They are ringing: whether the call goes on as usual. An emergency always does."""
    listening = _listens(held)
    emergency = f"{HELP_NOW} {LISTENING}" if listening else HELP_NOW
    if held.of_home:
        words = "Ask who is ringing, and check that person: limits follow people, never homes."
        return Instruction(Allowed.WITH_CARE, words, HELP_NOW)
    if stand.within is None:
        return _as_usual(LISTENING if listening else "", "Answer as usual.", emergency)
    if desk.asker is Asker.CONTRACTOR:
        words = f"Speak about your own visit only. For anything else they contact {desk.landlord}."
        return Instruction(Allowed.WITH_CARE, f"{words} {LISTENING}" if listening else words, emergency)
    closed = _why_not(held, left, stand)
    if closed:
        return Instruction(Allowed.NO, " ".join([ASK, *closed]), emergency)
    return _as_usual(LISTENING if listening else "", "This call is within the limits: answer it.", emergency)


def _why_not(held: Held, left: Ways, stand: Now) -> list[str]:
    """What to tell somebody whose call is outside the limits: how, when and whom they may contact instead."""
    said = []
    if held.contacts:
        said.append(f"If it is not, put them through to {listed((reach(each) for each in held.contacts), 'or')}.")
    if Channel.PHONE not in left.theirs:
        said.append(f"If it is not, they contact us {names_of(left.theirs)}.")
    if stand.next is not None:
        said.append(f"The next time within the limits is {day(stand.next)}, {clock(stand.next.time())}.")
    return said


def call_out(held: Held, left: Ways, stand: Now, desk: Desk) -> Instruction:
    """We ring them. What we must tell them goes by a way that suits them, and one left open where there is one."""
    listening = _listens(held)
    if held.of_home:
        words = "Check the person you want to ring: what suits them, and any limit, follows them."
        return Instruction(Allowed.WITH_CARE, words, HELP_NOW)
    if Channel.PHONE in left.ours:
        also = RING_LISTENING if listening else ""
        return _as_usual(also, "Ring as usual.", f"Ring now. {also}".strip())
    words = f"Do not ring. {_instead(left, desk)}"
    if Channel.PHONE in held.unsafe:
        return Instruction(
            Allowed.NO,
            words,
            "Help now, by another way if it is quick enough. Ring only if nothing else reaches them in time, and say "
            "nothing to anyone else who answers.",
        )
    return Instruction(Allowed.NO, words, "Help now: ring if nothing else reaches them in time.")


def message(held: Held, left: Ways, stand: Now, desk: Desk) -> Instruction:
    """We write to them, by e-mail or letter; and what comes of what they write."""
    if held.of_home:
        words = "Check the person you want to write to: what suits them, and any limit, follows them."
        return Instruction(Allowed.WITH_CARE, words, HELP_NOW)
    limited = stand.within is not None and desk.asker is not Asker.CONTRACTOR
    also = f" {READ_FIRST}" if limited else ""
    written = left.ours & WRITE
    help_now = "Help now: do not wait for a letter."
    if not written:
        return Instruction(Allowed.NO, f"Do not write. {_instead(left, desk)}{also}", help_now)
    if written == WRITE:
        return Instruction(Allowed.YES, f"Write by email or letter.{also}", help_now)
    return Instruction(Allowed.WITH_CARE, f"Write {names_of(written)} only.{also}", help_now)


def _instead(left: Ways, desk: Desk) -> str:
    """How to reach them; a contractor, who is told nothing of needs or danger, asks."""
    if desk.asker is Asker.CONTRACTOR:
        return f"Ask {desk.name} how to reach them."
    if not left.ours:
        return f"No safe way to reach them is known. Speak to {desk.name} first."
    return f"Reach them {names_of(left.ours)}."


def _listens(held: Held) -> bool:
    return any(Control.NO_LONE_CALLS in marker.controls for marker in held.markers)


def _as_usual(care: str, usual: str, emergency: str) -> Instruction:
    return Instruction(Allowed.WITH_CARE if care else Allowed.YES, care or usual, emergency)
