"""C4: notes of how a colleague is, sealed from the case and from anything a customer is ever given."""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.handling import Matter, MatterOpened
from evenhand.policy.events.welfare import WelfareNoted
from evenhand.policy.independence import objections_to_the_unnamed
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid


def objections_to_opening(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    if case.handling.about is not None:
        yield Objection("These notes are already begun.", Promise.C4, "welfare.note")
    if not now.by.decides:
        yield Objection("A manager begins welfare notes.", Promise.C4, for_good=True)


def objections_to_note(
    case: Case, now: Occasion, _: str | None = None, *, colleague: str, note: str, about: str = ""
) -> Iterator[Objection]:
    yield from unsaid(Promise.C4, note=note)


@unless(objections_to_opening, objections_to_note, reads="handling")
def open(case: Case, now: Occasion, _: str | None = None, *, about: str, colleague: str, note: str) -> list[Event]:
    """The first note about a colleague affected in the case `about`. Only the writer and the colleague may read on."""
    return [
        MatterOpened(**stamp(now), matter=Matter.WELFARE, about=about, named=(now.by.id, colleague)),
        WelfareNoted(**stamp(now), colleague=colleague, note=note),
    ]


def objections_to_noting(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    if case.handling.matter is not Matter.WELFARE:
        yield Objection("Welfare notes are kept apart from the case.", Promise.C4, "welfare.open")


@unless(objections_to_noting, objections_to_note, reads="handling involvement")
def note(case: Case, now: Occasion, _: str | None = None, *, colleague: str, note: str) -> list[Event]:
    """A further note."""
    return [WelfareNoted(**stamp(now), colleague=colleague, note=note)]
