"""C4: a colleague who turns out, after the report, to have been affected: looked after, and standing aside (rule 5)."""

from collections.abc import Iterator

from evenhand.policy import harm
from evenhand.policy.case import Case
from evenhand.policy.events.event import Event
from evenhand.policy.events.incident import Injury
from evenhand.policy.independence import objections_to_acting
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Role

WHO = (Role.DUTY, Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER)


def objections_to_adding(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting(case, now)
    if not now.by.has(*WHO):
        yield Objection(
            "A duty colleague, an investigator or a manager adds who was affected.", Promise.C4, for_good=True
        )
    if case.incident.get(subject) is None:
        yield Objection("There is no such incident in this case.", Promise.C4)


def objections_to_colleague(
    case: Case, now: Occasion, subject: str | None = None, *, colleague: str | None, name: str, injury: Injury
) -> Iterator[Objection]:
    yield from unsaid(Promise.C4, name=name)
    known = {a.colleague for a in case.incident.affected if a.incident == subject}
    if (colleague or name) in known:
        yield Objection("They are already recorded as affected by this incident.", Promise.C4, field="colleague")


@unless(objections_to_adding, objections_to_colleague, reads="incident involvement")
def add(
    case: Case, now: Occasion, subject: str | None = None, *, colleague: str | None, name: str, injury: Injury
) -> list[Event]:
    """From now they are owed what anyone affected is, and decide nothing here. `subject` is the incident."""
    incident = case.incident.get(subject)
    assert incident
    return [harm.affected(now, incident.id, incident.happened_on, colleague, name, injury)]
