"""E1: limits as they were at a moment that is over, where they were lifted, changed or came to their end since.

A contact is often brought the morning after: whoever rang on the last day of a limit rang while it held. Nothing is
kept for this, since the log of a case says what held at every moment. A limit that an appeal cancelled counts for
nothing, then as now.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby

from evenhand.cases import holding, models, summary
from evenhand.cases import log as the_log
from evenhand.cases.log import Entry
from evenhand.cases.used_up import used_up
from evenhand.people import at_once, reading
from evenhand.policy.day_words import day_of
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.expectation import ExpectationEnded, ExpectationExtended, ExpectationVaried
from evenhand.policy.events.handling import Matter
from evenhand.policy.events.single_contact import SingleContactChanged, SingleContactEnded, SingleContactExtended
from evenhand.policy.held import Held, HeldContact, HeldControl, HeldLimit

CHANGES = (
    ExpectationVaried,
    ExpectationExtended,
    ExpectationEnded,
    SingleContactChanged,
    SingleContactExtended,
    SingleContactEnded,
)
"""What may make a limit another than it was, once it is in force."""


@dataclass(slots=True)
class Changed:
    """A case whose limits changed after a moment, with everything that happened in it, in order."""

    row: models.Case
    entries: Sequence[Entry]
    last: datetime
    cancelled: frozenset[str]
    _read: dict[int, list[models.LiveControl]] = field(default_factory=dict)

    def at(self, moment: datetime) -> list[models.LiveControl]:
        """Its controls as they were."""
        number = sum(entry.event.at <= moment for entry in self.entries)
        if number not in self._read:
            until = self.entries[:number]
            rows = summary.controls(self.row, the_log.case_of(until), until)
            self._read[number] = [row for row in rows if row.control not in self.cancelled]
        return self._read[number]


@dataclass(slots=True)
class Then:
    """What changed since a moment: by record of the person, the cases in which it did."""

    cases: Mapping[int, list[Changed]]
    _used: dict[tuple[frozenset[int], date], tuple[datetime, ...]] = field(default_factory=dict)

    def people(self) -> frozenset[int]:
        """Every record of everyone whose limits changed. No query where there is none."""
        return reading.everyone_joined(self.cases) if self.cases else frozenset()

    def held(self, now: Held, records: frozenset[int], at: datetime) -> Held:
        """What was held at a local moment. In: what the record, as it is now, says of its day, and whose it is."""
        changed = [case for record in records for case in self.cases.get(record, ()) if case.last > at]
        if not changed:
            return now
        references, day = {case.row.reference for case in changed}, day_of(at)
        was = holding.limits_on([row for case in changed for row in case.at(at)], day)
        all_of_them = [*(each for each in (*now.limits, *now.contacts) if each.case not in references), *was]
        return replace(
            now,
            limits=tuple(each for each in all_of_them if isinstance(each, HeldLimit)),
            contacts=tuple(each for each in all_of_them if isinstance(each, HeldContact)),
            counted=self._counted(records, all_of_them),
        )

    def _counted(self, records: frozenset[int], limits: Sequence[HeldControl]) -> tuple[datetime, ...]:
        first = min((x.starts_on for x in limits if isinstance(x, HeldLimit) and x.plan.times), default=None)
        if first is None:
            return ()
        if (records, first) not in self._used:
            by_record = used_up([records], dict.fromkeys(records, limits))
            self._used[records, first] = tuple(sorted(at for moments in by_record.values() for at in moments))
        return self._used[records, first]


def since(people: Collection[int], moment: datetime) -> Then:
    """The limits of these people, over all their records, that changed after a moment. Two queries."""
    whose = models.Case.objects.filter(person__in=at_once.among(reading.everyone_joined(people)), matter=Matter.CONDUCT)
    changes = models.Event.objects.filter(case__in=whose, kind__in=[kind.__name__ for kind in CHANGES], at__gt=moment)
    rows = models.Event.objects.filter(case__in=changes.values("case"), facts__isnull=False)
    cases: dict[int, list[Changed]] = defaultdict(list)
    for row, events in groupby(rows.select_related("facts", "case").order_by("case", "number"), lambda each: each.case):
        changed = _changed(row, [Entry(event.number, the_log.read(event)) for event in events])
        assert row.person_id is not None
        cases[row.person_id].append(changed)
    return Then(cases)


def _changed(row: models.Case, entries: Sequence[Entry]) -> Changed:
    last = max(entry.event.at for entry in entries if isinstance(entry.event, CHANGES))
    return Changed(row, entries, last, frozenset(_cancelled(entries)))


def _cancelled(entries: Iterable[Entry]) -> Iterable[str]:
    for entry in entries:
        match entry.event:
            case ExpectationEnded(limit=id, cause=Ending.APPEAL) | SingleContactEnded(limit=id, cause=Ending.APPEAL):
                yield id
