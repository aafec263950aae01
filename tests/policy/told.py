"""What each who asks is told of a person or a home, in situations that differ in one thing each: `told.txt`.

python -m tests.policy.told      writes it again; what changed is for a person to read
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.policy.answer import Answer, Asker, Instruction
from evenhand.policy.contact_plan import answer
from evenhand.policy.events.marker import Audience, Control
from evenhand.policy.hazard import Hazard
from evenhand.policy.held import Because, Held, HeldAlert, HeldHazard, HeldInstruction
from evenhand.policy.need import Channel, Need
from tests.policy.held import ENDS, TERMS, contact, limit, marker, on, plan, weekly
from tests.policy.refusals_read import keep

FILE = Path(__file__).with_name("told.txt")
TUESDAY = on(2026, 11, 24, 14)
NUMBER = "0113 496 0000"
PAST, TODAY, LATELY, LONG_AGO = date(2026, 11, 23), date(2026, 11, 24), date(2026, 8, 24), date(2026, 8, 23)
BECAUSE = Because(("threats of violence or harm", "shouting"), date(2026, 1, 2))
PARTS = ("visit", "call_in", "call_out", "message")
Situation = tuple[str, Held, dict[str, Any]]


def situations() -> Iterator[Situation]:
    yield "nothing", Held(telephone=NUMBER), {}
    yield "nothing of a home", Held(of_home=True), {}
    yield "an old register", Held(), {"stale_since": date(2026, 11, 1)}
    for name, held in (*_of_markers(), *_of_limits(), *_of_needs(), *_of_homes()):
        yield name, held, {}
    yield "a limit, read ahead", Held(limits=(limit(weekly()),)), {"ahead": True}


def _of_markers() -> Iterator[tuple[str, Held]]:
    for control in Control:
        yield f"a marker: {control.words}", Held(markers=(marker(control),), telephone=NUMBER)
    both = marker(Control.OFFICE_ONLY, Control.NO_LONE_CALLS)
    yield "kept away, with a colleague listening, and a limit", Held(markers=(both,), limits=(limit(plan()),))
    yield (
        "listening, and rung as usual",
        Held(markers=(marker(Control.NO_LONE_CALLS),), needs=frozenset({Need.SIGHT_LOSS})),
    )
    for audience in Audience:
        yield f"a marker for {audience.value}", Held(markers=(marker(Control.PAIRS, audience=audience),))
    for name, review in {"past": PAST, "today": TODAY, "lately": LATELY, "long ago": LONG_AGO, "no": None}.items():
        held = replace(marker(Control.PAIRS, review_on=review), ask="Tom" if review != PAST else "")
        yield f"a review {name}", Held(markers=(held,), telephone=NUMBER)
        yield f"a provisional one {name}", Held(others=(replace(held, provisional=True),))
        yield f"a review {name} and nobody to ask", Held(markers=(replace(held, ask=""),))
    yield "because", Held(markers=(marker(because=BECAUSE),), limits=(limit(plan(), because=BECAUSE),))
    yield "a single contact because", Held(contacts=(contact(because=BECAUSE),))
    yield "alleged, no day", Held(markers=(marker(because=replace(BECAUSE, happened_on=None), provisional=True),))
    yield "because of nothing told", Held(markers=(marker(because=Because((), PAST)),))
    yield "withheld", Held(others=(marker(withheld=True),))
    yield "under appeal", Held(markers=(marker(under_appeal=True),))


def _of_limits() -> Iterator[tuple[str, Held]]:
    by_email, by_phone = limit(plan(Channel.EMAIL)), limit(plan(Channel.PHONE, Channel.LETTER))
    single = contact(channels=frozenset({Channel.EMAIL}))
    yield "a limit to email", Held(limits=(by_email,), telephone=NUMBER)
    yield "a limit to email on another day", Held(limits=(limit(weekly()),), counted=(on(2026, 11, 23),))
    yield "telephone within", Held(limits=(by_phone,))
    yield "telephone within, and listening", Held(limits=(by_phone,), markers=(marker(Control.NO_LONE_CALLS),))
    used = {"times": 1, "period": weekly().period}
    yield "telephone used up", Held(limits=(limit(plan(Channel.PHONE, **used)),), counted=(on(2026, 11, 23),))
    both = Held(limits=(limit(plan(Channel.PHONE, **used)),), contacts=(contact(),), counted=(on(2026, 11, 23),))
    yield "telephone used up, and a single contact", both
    yield "a single contact", Held(contacts=(contact(),))
    yield "a single contact by email", Held(contacts=(single,))
    yield (
        "two single contacts",
        Held(contacts=(contact(), contact(id="S2", name="Ann Lee", telephone="", covered=True))),
    )
    yield "a limit and a single contact that never agree", Held(limits=(by_phone,), contacts=(single,))
    yield (
        "a review of a limit is late",
        Held(limits=(limit(plan(), review_on=PAST),), contacts=(contact(review_on=PAST),)),
    )
    yield "one of today is not", Held(limits=(limit(plan(), review_on=TODAY),), contacts=(contact(review_on=TODAY),))
    yield "a limit under appeal", Held(limits=(limit(plan(), under_appeal=True),))
    yield "a single contact under appeal", Held(contacts=(contact(under_appeal=True),))


def _of_needs() -> Iterator[tuple[str, Held]]:
    for need in Need:
        yield f"needs: {need.value}", Held(needs=frozenset({need}))
    email_only = (limit(plan(Channel.EMAIL)),)
    yield "no way that suits", Held(needs=frozenset({Need.FINDS_WRITING_HARD}), limits=email_only)
    for channel in (Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.VISIT, Channel.OFFICE):
        yield f"not safe: {channel.words}", Held(unsafe=frozenset({channel}))
    yield "no writing is safe", Held(unsafe=frozenset({Channel.EMAIL, Channel.LETTER}))
    yield "nothing is safe", Held(unsafe=frozenset(Channel), telephone=NUMBER)
    away = (marker(Control.OFFICE_ONLY),)
    yield "kept away, and only a visit suits", Held(markers=away, unsafe=frozenset(Channel) - {Channel.VISIT})


def _of_homes() -> Iterator[tuple[str, Held]]:
    at_home = marker(Control.PAIRS, Control.NO_LONE_CALLS)
    yield "a home, and somebody there", Held(of_home=True, others=(at_home,))
    yield "another at the address", Held(others=(at_home,), markers=(marker(Control.RING_FIRST),))
    for hazard in Hazard:
        yield f"hazard: {hazard.value}", Held(hazards=(HeldHazard(id=1, kind=hazard),))
    late = HeldHazard(id=1, kind=Hazard.ANIMAL, detail="in the yard", review_on=PAST)
    yield "a hazard to look at afresh", Held(hazards=(late, replace(late, id=2, review_on=TODAY)))
    yield "an instruction", Held(instructions=(HeldInstruction(case="E", id="H1", words="go in pairs", until=ENDS),))
    unchecked = (HeldAlert(id=1, until=ENDS), HeldAlert(id=2, until=TODAY))
    yield "an unchecked warning", Held(inherited=unchecked, telephone=NUMBER)
    yield "an unchecked warning of a home", Held(inherited=unchecked, of_home=True)
    yield "how an emergency is attended", Held(others=(marker(Control.OFFICE_ONLY, safe_attendance="two go"),))


def lines(found: Answer, asker: Asker) -> Iterator[str]:
    yield f"{asker.value} lead: {found.lead}"
    for part in PARTS:
        told: Instruction = getattr(found, part)
        yield f"{asker.value} {part} {told.allowed.name}: {told.words} | {told.emergency}"
    for name in ("why", "help", "overdue", "cautions"):
        if said := getattr(found, name):
            yield f"{asker.value} {name}: {' | '.join(said)}"
    rest = f"{asker.value} rest: {found.code.name}, within {found.within_now}, next {found.next_within}"
    yield f"{rest}, until {found.valid_until}, {'ask ' + found.ask if found.ask else 'nobody to ask'}"


def all_told() -> dict[str, list[str]]:
    """By situation: what a colleague is told that they are not told of a person of whom nothing is held, and what the
    others are told otherwise than a colleague.
    """
    said: dict[str, list[str]] = {}
    usual: set[str] = set()
    for name, held, given in situations():
        assert name not in said, name
        to = {asker: list(lines(answer(held, TUESDAY, asker, TERMS, **given), asker)) for asker in Asker}
        words = {line.partition(" ")[2] for line in to[Asker.COLLEAGUE]}
        others = [line for asker in (Asker.CASEWORKER, Asker.CONTRACTOR) for line in to[asker]]
        unusual = [line for line in to[Asker.COLLEAGUE] if line not in usual]
        said[name] = [*unusual, *(line for line in others if line.partition(" ")[2] not in words)]
        usual = usual or set(to[Asker.COLLEAGUE])
    return said


if __name__ == "__main__":
    keep(FILE, all_told())
