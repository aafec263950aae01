"""C2: what was measured of a customer's contacts, kept in a case as files, and read from there again.

One file is the page as it was, one the list as anybody's spreadsheet opens it, one the page for the customer. Each has
its digest in the record; nothing that is measured afterwards changes them.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from evenhand.cases import evidence_statement, exhibits, reading
from evenhand.cases.exhibits import MEASURED, Kept
from evenhand.cases.letter_facts.sides import NoLandlord
from evenhand.cases.reading import CaseFile, Moment
from evenhand.contacts import suggestion_json
from evenhand.people.models import User
from evenhand.web import demand_csv, demand_shown
from evenhand.web.demand_measured import Measured
from evenhand.web.demand_shown import Page
from evenhand.web.templatetags.words import moment


@dataclass(frozen=True, slots=True)
class Frozen:
    """One measurement that a case keeps: its file, and the page as it was."""

    kept: Kept
    page: Page

    @property
    def words(self) -> str:
        """ "As measured on 3 December 2026, 2:30pm, by version 2 of the definitions"."""
        on = moment(datetime.fromisoformat(self.page["measured_at"]))
        return f"As measured on {on}, by version {self.page['definitions']} of the definitions"


def files(made: Measured, by: User, at: Moment) -> list[Any]:
    """The evidence as it is at this moment, for `exhibits.keep_with`."""
    page, on = {**demand_shown.page_of(made), "measured_at": at.at.isoformat()}, at.day.isoformat()
    told = suggestion_json.suggestion(made.person.ref, made.found) if made.found else {"person_ref": made.person.ref}
    whole = json.dumps({**told, "definitions": page["definitions"], "how_often": page}, indent=1, ensure_ascii=False)
    figures: Any = ContentFile(whole.encode(), f"How often, figures, {on}.txt")
    figures.described = MEASURED
    found: list[Any] = [
        ContentFile(demand_csv.text(page, "contacts").encode(), f"How often, every contact, {on}.csv"),
        figures,
    ]
    try:
        statement = evidence_statement.pdf(made.person, made.found, by, at)
        found.append(ContentFile(statement, f"How often, for the customer, {on}.pdf"))
    except NoLandlord:
        pass  # Without a landlord's name there is no page for a customer yet; the figures and the list are kept.
    return found


def of(file: CaseFile) -> list[Kept]:
    """The measurements that a case keeps and its viewer may see, newest first."""
    return [kept for kept in reversed(exhibits.of(file)) if kept.described == MEASURED]


def opened(file: CaseFile, kept: Kept, viewer: User) -> Frozen | None:
    """One of them as the page it was; None where its bytes are gone, or it was kept before pages were."""
    try:
        _, stored = exhibits.held(file.reference, kept.reference, viewer, file.day)
    except reading.NotFound:
        return None
    with stored:
        page = json.load(stored).get("how_often")
    return Frozen(kept, page) if page else None
