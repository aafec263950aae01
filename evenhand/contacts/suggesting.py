"""C2: the last measure of everybody's contacts, kept current without measuring everybody again.

Every night everybody is measured, over the year to the end of that week, and whom they were compared with is kept.
When a contact or a matter is added or corrected, only its person is measured again, beside the same others.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from evenhand.contacts import evidence, fields_kept, lacking, remeasure, screen, suggestion_json
from evenhand.contacts.models import Answered, Compared, Suggested
from evenhand.contacts.screen import Suggestion
from evenhand.people import reading
from evenhand.people.models import Merge, Person
from evenhand.policy.demand import sentence
from evenhand.policy.demand.measure import Fields, measures
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import DAY, Window, months, weeks
from evenhand.policy.terms import months_after

AT_ONCE = 200
"""How many changed people are measured again in one go."""
ALONE = 7_310_246
"""The advisory lock of whoever measures: of two at once, each would write over what the other has counted."""


def year_to(day: date, terms: DemandTerms) -> Window:
    """The span that is measured: the months of the terms, up to the Sunday of the week of a day."""
    sunday = day + timedelta(days=6 - day.weekday())
    return Window(months_after(sunday, -terms.demand_months) + DAY, sunday)


@transaction.atomic
def measure_everybody(day: date, at: datetime, terms: DemandTerms) -> int:
    """Measures everybody over the year to a day, and keeps what it showed. Out: how many are worth a look.

    It waits for whoever is measuring, and until it has ended nobody else measures. Whoever changes after the first
    contact was read stays noted, and is measured again by the next who may. What it keeps is written last: until then
    every page shows, and every colleague answers, what was kept before.
    """
    _alone(wait=True)
    changed = remeasure.noted()
    span = year_to(day, terms)
    screened = screen.everybody(span, terms)
    windows = dict.fromkeys([*weeks(span, terms.demand_weeks), *months(span, terms.demand_months)])
    fields_kept.replace({window: screened.everyone(window) for window in windows}, lacking.of_everybody(span))
    screen.keep_own_failures(span)
    stood = _taken_off(Suggested.objects.all(), screened.stands)
    _keep(screened.suggestions, span, day, at, stood)
    remeasure.settled(changed)
    return len(screened.suggestions)


@transaction.atomic
def measure_changed(at: datetime, terms: DemandTerms, most: int = AT_ONCE) -> int:
    """Measures those again whose contacts have changed, beside those they were last compared with. Out: how many.

    While somebody else measures, one or everybody, it does nothing and waits for nobody: what was kept before is
    shown, and those who changed stay noted. Until everybody has been measured once there is nothing to compare with,
    and they wait.
    """
    if not _alone(wait=False):
        return 0
    changed, span = remeasure.noted(most), kept_span()
    if not changed or span is None:
        return 0
    people = Person.objects.filter(pk__in=list(changed)).select_related("merged_into")
    customers = {record: reading.kept_record(one).pk for one in people for record in reading.identities(one)}
    measured = list(_measured(customers, span, fields_kept.remembered(), terms))
    screen.keep_own_failures_of(customers, span)
    stood = _taken_off(Suggested.objects.filter(person__in=list(customers)), customers)
    _keep(measured, span, at.astimezone(ZoneInfo(settings.TIME_ZONE)).date(), at, stood)
    remeasure.settled(changed)
    return len(changed)


def _alone(*, wait: bool) -> bool:
    """Whether this transaction measures alone until it ends: it waits for whoever measures, or gives way to them."""
    lock = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [ALONE])
        return cursor.fetchone()[0] is not False


def kept_span() -> Window | None:
    """The span everybody was last measured over; None if they never were."""
    found = Compared.objects.values_list("first", "last")
    return max((Window(*pair) for pair in found), key=lambda one: one.last - one.first, default=None)


def _measured(customers: Mapping[int, int], span: Window, fields: Fields, terms: DemandTerms) -> Iterator[Suggestion]:
    for customer in evidence.of_some(customers, span, terms).values():
        if made := measures(customer, span, fields, terms):
            yield Suggestion(int(customer.ref), tuple(made))


def _taken_off(rows: QuerySet[Suggested], stands: Mapping[int, int]) -> dict[int, datetime]:
    """Takes these off the list. Out: since when each customer stood on it without an answer.

    In: also the record that stands for each that is one of several. Of two that were joined since, the longer counts;
    of one that was parted into two, both stood on it.
    """
    found = rows.filter(answered=False).order_by("-since").values_list("person", "since", "measured_at")
    stood = {stands.get(person, person): since for person, since, _ in found}
    measured = {stands.get(person, person): at for person, _, at in found}
    rows.delete()
    parted = Merge.objects.filter(undone_at__gte=min(measured.values())) if measured else Merge.objects.none()
    for one in parted.order_by("undone_at"):
        whole = stands.get(one.kept_id, one.kept_id)
        if whole in measured and one.undone_at and measured[whole] <= one.undone_at:
            stood.setdefault(stands.get(one.merged_id, one.merged_id), stood[whole])
    return stood


def _keep(found: list[Suggestion], span: Window, day: date, at: datetime, stood: Mapping[int, datetime]) -> None:
    people = [one.person for one in found]
    refs = dict(Person.objects.filter(pk__in=people).values_list("pk", "ref"))
    answers = _answers(people)
    rows = [_row(one, refs[one.person], span, day, at) for one in found]
    for row in rows:
        row.since = stood.get(row.person_id, at)
        row.answered = row.person_id in answers and covers(answers[row.person_id], row.figures)
    Suggested.objects.bulk_create(rows, batch_size=500)


def _answers(people: list[int]) -> dict[int, Answered]:
    """The last answer to what each of these customers showed, whichever of their records it was given under."""
    joined = reading.everyone_joined(people)
    records = Person.objects.filter(pk__in=joined).exclude(merged_into=None).select_related("merged_into")
    stands = {record.pk: reading.kept_record(record).pk for record in records}
    given = Answered.objects.filter(person__in=joined).order_by("at", "id")
    return {stands.get(answer.person_id, answer.person_id): answer for answer in given}


def _row(one: Suggestion, ref: str, span: Window, day: date, at: datetime) -> Suggested:
    told = sentence.told_within(one.measures, span.up_to(day))
    return Suggested(
        person_id=one.person,
        first=span.first,
        last=span.last,
        until=max(measure.window.last for measure in told),
        kinds=[measure.kind.value for measure in one.measures],
        strength=one.measures[0].strength,
        figures=suggestion_json.suggestion(ref, told),
        measured_at=at,
    )


def covers(answer: Answered, figures: Mapping[str, Any]) -> bool:
    """Whether what a manager said still answers a suggestion: the same kinds, the same days, less than twice over."""
    then = {one["kind"]: one for one in answer.figures["figures"]}
    return all(
        one["kind"] in then
        and one["from"] <= answer.until.isoformat()
        and one["figure"] < 2 * then[one["kind"]]["figure"]
        for one in figures["figures"]
    )
