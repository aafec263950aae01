"""C2: what was measured of a customer's contacts, kept in a case as files, and read from there again.

One file is the page as it was, one the list as anybody's spreadsheet opens it, one the page for the customer, in the
format of their letters. Each has its digest in the record; nothing that is measured afterwards changes them.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile

from evenhand.cases import evidence_statement, exhibits, reading
from evenhand.cases.drafting import shape_of
from evenhand.cases.exhibits import MEASURED, Kept
from evenhand.cases.letter_facts.sides import NoLandlord
from evenhand.cases.reading import CaseFile, Moment
from evenhand.contacts import suggestion_json
from evenhand.people.models import User
from evenhand.policy.need import LetterFormat
from evenhand.web import demand_csv, demand_shown
from evenhand.web.demand_measured import Measured
from evenhand.web.demand_shown import Page
from evenhand.web.templatetags.words import local_day, moment


@dataclass(frozen=True, slots=True)
class Frozen:
    """One measurement that a case keeps: its file, and the page as it was."""

    kept: Kept
    page: Page

    @property
    def when(self) -> str:
        """ "3 December 2026, 2:30pm"."""
        return moment(datetime.fromisoformat(self.page["measured_at"]))

    @property
    def words(self) -> str:
        """ "As measured on 3 December 2026, 2:30pm, by version 2 of the definitions"."""
        return f"As measured on {self.when}, by version {self.page['definitions']} of the definitions"


def files(made: Measured, by: User, at: Moment) -> list[Any]:
    """The evidence as it is at this moment, for `exhibits.keep_with`."""
    told = _told(made)
    page = told["how_often"] = {**told["how_often"], "measured_at": at.at.isoformat()}
    # With the time, or two of one day could not be told apart; no file may have a colon in its name.
    when = f"measured {moment(at.at)}".replace(":", ".")
    figures: Any = ContentFile(
        json.dumps(told, indent=1, ensure_ascii=False).encode(), f"How often, figures, {when}.txt"
    )
    figures.described = MEASURED
    found: list[Any] = [
        ContentFile(demand_csv.text(page, "contacts").encode(), f"How often, every contact, {when}.csv"),
        figures,
    ]
    try:
        fits = evidence_statement.fitting(made.person, at.day)
        statement = evidence_statement.made(made.person, made.found, made.year, by, at, fits)
        called = "" if fits is LetterFormat.STANDARD else f"{fits.value}, "
        found.append(ContentFile(statement, f"How often, for the customer, {called}{when}{shape_of(fits).suffix}"))
    except NoLandlord:
        pass  # Without a landlord's name there is no page for a customer yet; the figures and the list are kept.
    return found


def _told(made: Measured) -> dict[str, Any]:
    """What is kept as figures, but for the moment."""
    told = suggestion_json.suggestion(made.person.ref, made.found) if made.found else {"person_ref": made.person.ref}
    page = demand_shown.page_of(made)
    return {**told, "definitions": page["definitions"], "how_often": page}


def unchanged(file: CaseFile, made: Measured, viewer: User) -> Frozen | None:
    """What the case kept last, if the same figures by the same definitions would be kept now; else None."""
    for kept in of(file)[:1]:
        told = _read(file, kept, viewer)
        page = told.get("how_often")
        if (
            page
            and _day_of(page) >= made.span.first
            and _compared(told) == _compared(_told(_on_the_day_of(page, made)))
        ):
            return Frozen(kept, page)
    return None


def _on_the_day_of(page: Page, made: Measured) -> Measured:
    """The same told on the day on which another was kept: every day is told up to the day of telling."""
    return replace(made, day=_day_of(page))


def _day_of(page: Page) -> date:
    return local_day(datetime.fromisoformat(page["measured_at"]))


def _compared(told: dict[str, Any]) -> Any:
    """Figures but for the moment, and for how far lines are drawn: what is late is drawn longer with every day."""
    figures = json.loads(json.dumps(told))
    page = figures["how_often"]
    page["measured_at"] = ""
    for line in page["chart"]["lines"]:
        del line["spans"]
    return figures


def of(file: CaseFile) -> list[Kept]:
    """The measurements that a case keeps and its viewer may see, newest first."""
    return [kept for kept in reversed(exhibits.of(file)) if kept.described == MEASURED]


def opened(file: CaseFile, kept: Kept, viewer: User) -> Frozen | None:
    """One of them as the page it was; None where its bytes are gone, or it was kept before pages were."""
    page = _read(file, kept, viewer).get("how_often")
    return Frozen(kept, page) if page else None


def _read(file: CaseFile, kept: Kept, viewer: User) -> dict[str, Any]:
    """The figures in one file; nothing where its bytes are gone."""
    try:
        _, stored = exhibits.held(file.reference, kept.reference, viewer, file.day)
    except reading.NotFound:
        return {}
    with stored:
        return dict(json.load(stored))
