"""E1, E2: what the review of a limit or a single contact weighs: the contacts since it began, within it and outside."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import make_aware

from evenhand.cases.circumstances import LIMITS
from evenhand.cases.reading import CaseFile, ControlRow
from evenhand.contacts import under_limit
from evenhand.contacts.under_limit import Counts, Span, Stood
from evenhand.people import at_once, reading
from evenhand.policy.standing.expectation import Limit
from evenhand.policy.standing.single_contact import Contact

UNKNOWN = "Where nobody noted whom a contact reached, it counts as within."
"""What is said of a single contact: most systems know how somebody rang, and few whom they reached."""


def span_of(file: CaseFile, limit: Limit | Contact) -> Span | None:
    """What is looked at: the person's contacts from the limit's first day to its last; None before it began."""
    begun = limit.starts_on is not None and limit.starts_on <= file.day
    binds = isinstance(limit, Contact) or limit.plan is not None
    if file.person is None or not begun or not binds:
        return None
    return _span(reading.identities(file.person), limit.starts_on, limit.ends_on, file.reference, limit.id)


def since_it_began(file: CaseFile, limit: Limit | Contact) -> list[dict[str, str]]:
    """The counts, each with its words and the list behind it; none before the limit began. Two queries."""
    span = span_of(file, limit)
    if span is None:
        return []
    [found] = under_limit.counts([span])
    rows = [
        ("Within it", "within", within(found, single=isinstance(limit, Contact))),
        ("Outside it", "outside", outside(found)),
        ("Such as always get through", "through", str(found[Stood.THROUGH])),
    ]
    if waiting := found[Stood.TO_JUDGE]:
        rows.append(("Not yet counted", "waiting", f"{waiting}. They came in just now, and are counted soon."))
    listed = [
        {"key": key, "value": words, "href": address(span, show), "link": "See which", "about": f"came: {key.lower()}"}
        for key, show, words in rows
    ]
    return [{"key": "They contacted us", "value": times(found.all)}, *listed]


def in_short(file: CaseFile, limits: Iterable[Limit | Contact]) -> dict[str, str]:
    """For a case's own page: both numbers of each limit that holds, by its id. One query for all of them."""
    spans = [span for limit in limits if limit.is_live(file.day) and (span := span_of(file, limit))]
    return {span.limit: both(found) for span, found in zip(spans, under_limit.counts(spans), strict=True)}


def of_reviews(rows: Iterable[ControlRow], on: date) -> dict[int, str]:
    """For a page of reviews: both numbers of each limit and single contact, by its key. Two queries, or none."""
    bound = [row for row in rows if row.kind in LIMITS and row.person_id and row.starts_on and row.starts_on <= on]
    if not bound:
        return {}
    records = at_once.around({row.person_id for row in bound if row.person_id}, (), on).records
    spans = [_of_row(row, records) for row in bound]
    return {row.pk: both(found) for row, found in zip(bound, under_limit.counts(spans), strict=True)}


def both(found: Counts) -> str:
    """Both numbers in one sentence: "Since it began, 7 contacts came within it and 3 outside it."."""
    return f"Since it began, {contacts(found[Stood.WITHIN])} came within it and {found.outside} outside it."


def within(found: Counts, *, single: bool) -> str:
    """How many came within it, and of a single contact what that cannot tell."""
    return f"{found[Stood.WITHIN]}" + (f". {UNKNOWN}" if single else "")


def outside(found: Counts) -> str:
    """How many came outside it, and what is known of them."""
    told = [
        (found[Stood.HAZARD], "told of a hazard or a danger", "told of a hazard or a danger"),
        (found[Stood.TO_READ], "waits to be read for a hazard", "wait to be read for a hazard"),
        (found[Stood.LATE], "came late and was not read for a hazard", "came late and were not read for a hazard"),
    ]
    parts = [f"{count} {one if count == 1 else more}" for count, one, more in told if count]
    return f"{found.outside}" + (f", of which {', '.join(parts)}" if parts else "")


def contacts(count: int) -> str:
    return f"{count} contact{'' if count == 1 else 's'}"


def times(count: int) -> str:
    return f"{count} time{'' if count == 1 else 's'}"


def address(span: Span, show: str = "") -> str:
    """Where the contacts behind a number are listed."""
    page = reverse("contact.under_limit", args=[span.case, span.limit])
    return f"{page}?show={show}" if show else page


def _of_row(row: ControlRow, records: Mapping[int, frozenset[int]]) -> Span:
    assert row.person_id is not None
    whole = records.get(row.person_id, frozenset({row.person_id}))
    return _span(whole, row.starts_on, row.ends_on, row.case.reference, row.control)


def _span(people: frozenset[int], first: date | None, last: date | None, case: str, limit: str) -> Span:
    assert first and last
    begin, end = (make_aware(datetime.combine(on, time.min)) for on in (first, last + timedelta(days=1)))
    return Span(people, begin, end, case, limit)


def shown_in_words(stood: str) -> dict[str, Any]:
    """How one contact came, as a badge."""
    return {"words": WORDS[Stood(stood)], "kind": KINDS.get(Stood(stood), "")}


WORDS = {
    Stood.WITHIN: "Within",
    Stood.OUTSIDE: "Read: no hazard",
    Stood.HAZARD: "Told of a hazard or a danger",
    Stood.TO_READ: "Waits to be read for a hazard",
    Stood.LATE: "Came late, not read for a hazard",
    Stood.THROUGH: "Always gets through",
    Stood.TO_JUDGE: "Not yet counted",
}
KINDS = {Stood.TO_READ: "due", Stood.HAZARD: "danger"}
