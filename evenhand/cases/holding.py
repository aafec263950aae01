"""What is held of people and homes on a day: the rows of live controls, as today's answer takes them.

Nothing sealed has such a row. A marker of which the person was not told binds colleagues like any other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from evenhand.cases import controls_there, models, sight
from evenhand.cases.circumstances import LIMITS
from evenhand.cases.controls_there import left_open
from evenhand.cases.summary import details_on
from evenhand.cases.used_up import used_up
from evenhand.people import at_once, hazards
from evenhand.people.alerts import Inherited, inherited
from evenhand.people.at_once import Suits
from evenhand.people.models import User
from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.hazard import Hazard
from evenhand.policy.held import (
    Because,
    Held,
    HeldAlert,
    HeldContact,
    HeldControl,
    HeldHazard,
    HeldInstruction,
    HeldLimit,
    HeldMarker,
)
from evenhand.policy.need import Channel

__all__ = ["Held", "held_at", "held_of", "limits_on"]

NOBODY = Suits()


def held_of(people: Collection[int], day: date, reader: User | None = None) -> dict[int, Held]:
    """What is held of each person on the day, by the id asked for: over all their records, with the hazards of their
    homes and the markers of others there. What is held of nobody is there too, empty.

    `reader` is told of the incident behind a control where they work on its case; without one, nobody is. The number
    of queries does not depend on how many people are asked for.
    """
    shelf = _shelf(people, (), day, reader)
    return {person: shelf.of_person(person) for person in people}


def held_at(homes: Collection[int], day: date, reader: User | None = None) -> dict[int, Held]:
    """What is held on the day of each home, by its id: its hazards, its safety instructions, and the markers of all who
    live there or visit. Limits and needs follow people, so none is among it."""
    shelf = _shelf((), homes, day, reader)
    return {home: shelf.of_home(home) for home in homes}


def limits_on(rows: Collection[models.LiveControl], day: date) -> list[HeldLimit | HeldContact]:
    """The limits and single contacts among these controls that are in force on the day."""
    found = []
    for row in rows:
        begun = row.starts_on is not None and row.ends_on is not None and row.starts_on <= day <= row.ends_on
        if row.kind in LIMITS and begun and not left_open(row, day):
            found.append(_control(row, day, ask="", shown=False, gone=frozenset()))
    return [each for each in found if isinstance(each, HeldLimit | HeldContact)]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Everything that was read, by record and by home, to be put together for each who was asked for."""

    around: at_once.Around
    nothing: Held
    suits: Mapping[int, Suits]
    controls: Mapping[int, list[HeldControl]]
    instructions: Mapping[int, list[HeldInstruction]]
    hazards: Mapping[int, list[HeldHazard]]
    inherited: Inherited
    used: Mapping[int, Sequence[datetime]]

    def of_person(self, person: int) -> Held:
        records = self.around.records.get(person, frozenset({person}))
        homes = sorted(self.around.homes.get(person, ()))
        near = {each for home in homes for each in self.around.people.get(home, ())} - records
        own = self._of_those(records)
        said = [self.suits[record] for record in records if record in self.suits]
        at_home = {
            "others": self._markers(near),
            **self._of_homes(homes),
            "inherited": self._told(records | near, homes),
        }
        if not own and not said and not any(at_home.values()):
            return self.nothing
        return replace(
            self.nothing,
            limits=tuple(each for each in own if isinstance(each, HeldLimit)),
            contacts=tuple(each for each in own if isinstance(each, HeldContact)),
            markers=tuple(each for each in own if isinstance(each, HeldMarker)),
            needs=frozenset().union(*(each.needs for each in said)),
            unsafe=frozenset().union(*(each.unsafe for each in said)),
            died_on=min((each.died_on for each in said if each.died_on), default=None),
            counted=tuple(sorted(moment for record in records for moment in self.used.get(record, ()))),
            **at_home,
        )

    def of_home(self, home: int) -> Held:
        there = self.around.people.get(home, frozenset())
        told = self._told(there, [home])
        return replace(
            self.nothing, of_home=True, others=self._markers(there), inherited=told, **self._of_homes([home])
        )

    def _of_those(self, records: Iterable[int]) -> list[HeldControl]:
        """The controls of these records; those of somebody who died have ended (rule 10)."""
        alive = (each for each in sorted(records) if self.suits.get(each, NOBODY).died_on is None)
        return [control for record in alive for control in self.controls.get(record, ())]

    def _markers(self, records: Iterable[int]) -> tuple[HeldMarker, ...]:
        return tuple(each for each in self._of_those(records) if isinstance(each, HeldMarker))

    def _told(self, records: Iterable[int], homes: Iterable[int]) -> tuple[HeldAlert, ...]:
        """Unchecked warnings about any of these people who is alive, or about one of the homes."""
        alive = (each for each in sorted(records) if self.suits.get(each, NOBODY).died_on is None)
        found = [alert for record in alive for alert in self.inherited.of_people.get(record, ())]
        return (*found, *(alert for home in homes for alert in self.inherited.of_homes.get(home, ())))

    def _of_homes(self, homes: Iterable[int]) -> dict[str, Any]:
        found = list(homes)
        return {
            "instructions": tuple(each for home in found for each in self.instructions.get(home, ())),
            "hazards": tuple(each for home in found for each in self.hazards.get(home, ())),
        }


def _shelf(people: Collection[int], asked: Collection[int], day: date, reader: User | None = None) -> _Shelf:
    around, said = at_once.around_and_said(people, asked, day)
    records = frozenset().union(*around.records.values(), *around.people.values())
    homes = frozenset(asked).union(*around.homes.values())
    found = controls_there.there(records, homes, day)
    shown = _worked_on([each.row for each in found], reader, day)
    controls: dict[int, list[HeldControl]] = defaultdict(list)
    instructions: dict[int, list[HeldInstruction]] = defaultdict(list)
    for each in found:
        row = each.row
        if row.home_id is not None:
            instructions[row.home_id].append(_instruction(row, each.ask))
        elif row.person_id is not None:
            controls[row.person_id].append(_control(row, day, each.ask, row.case_id in shown, each.gone))
    return _Shelf(
        around=around,
        nothing=Held(telephone=said.telephone),
        suits=said.suits,
        controls=controls,
        instructions=instructions,
        hazards=_hazards(homes, day) if said.hazards else {},
        inherited=inherited(records, homes, day) if said.alerts else Inherited({}, {}),
        used=used_up(around.records.values(), controls),
    )


def _worked_on(rows: Collection[models.LiveControl], reader: User | None, day: date) -> frozenset[int]:
    """The cases of these controls that the reader works on."""
    if reader is None or not rows:
        return frozenset()
    theirs = sight.seen_whole_by(reader, day).filter(pk__in={row.case_id for row in rows})
    return frozenset(theirs.values_list("pk", flat=True))


def _control(row: models.LiveControl, day: date, ask: str, shown: bool, gone: frozenset[str]) -> HeldControl:
    said = details_on(row, day)
    common: dict[str, Any] = {
        "case": row.case.reference,
        "id": row.control,
        "key": row.pk or 0,
        "review_on": row.review_on,
        "under_appeal": row.under_appeal,
        "because": _because(said) if shown else None,
        "ask": ask,
    }
    if row.kind == "marker":
        return _marker(row, said, common)
    common |= {"starts_on": row.starts_on, "ends_on": row.ends_on}
    if row.kind == "limit":
        return HeldLimit(**common, plan=plan_of(said))
    return HeldContact(
        **common,
        name=said["name"],
        telephone=said["telephone"],
        email=said["email"],
        cover=said["cover"],
        channels=frozenset(map(Channel, said["channels"])),
        covered=said["colleague"] in gone,
    )


def _marker(row: models.LiveControl, said: Mapping[str, Any], common: dict[str, Any]) -> HeldMarker:
    return HeldMarker(
        **common,
        risk=Risk(said["risk"]),
        controls=tuple(map(Control, said["controls"])),
        audience=Audience(said["audience"]),
        high=row.high,
        safe_attendance=said.get("safe_attendance", ""),
        provisional=row.provisional,
        withheld=row.withheld,
    )


def _instruction(row: models.LiveControl, ask: str) -> HeldInstruction:
    assert row.ends_on
    words = " ".join(row.details["controls"])
    return HeldInstruction(case=row.case.reference, id=row.control, key=row.pk, words=words, until=row.ends_on, ask=ask)


def _because(said: Mapping[str, Any]) -> Because | None:
    """The incident, in the closed list's words, as the summary keeps it."""
    if not said.get("conducts"):
        return None
    happened_on = said.get("happened_on")
    return Because(tuple(said["conducts"]), date.fromisoformat(happened_on) if happened_on else None)


def plan_of(said: Mapping[str, Any]) -> Plan:
    """The plan that the summary keeps as plain values."""
    begin, end = (time.fromisoformat(said[at]) if said.get(at) else None for at in ("from_time", "to_time"))
    return Plan(
        channels=frozenset(map(Channel, said.get("channels", ()))),
        times=said.get("times"),
        period=Period(said["period"]) if said.get("period") else None,
        weekdays=frozenset(map(Weekday, said.get("weekdays", ()))),
        from_time=begin,
        to_time=end,
    )


def _hazards(homes: Collection[int], day: date) -> dict[int, list[HeldHazard]]:
    found = defaultdict(list)
    for hazard in hazards.at(homes, day):
        found[hazard.home_id].append(
            HeldHazard(id=hazard.pk, kind=Hazard(hazard.kind), detail=hazard.detail, review_on=hazard.due_on)
        )
    return found
