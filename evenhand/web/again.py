"""What is looked at again, beside the form that keeps, changes, ends or hears an appeal against it.

Whoever decides needs no second page: what it is and since when, how often it was looked at, what it rests on, and what
the customer says of it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from evenhand.cases import exhibits
from evenhand.cases.reading import CaseFile, Entry
from evenhand.policy.events.appeal import AppealLodged
from evenhand.policy.events.decision import FindingMade
from evenhand.policy.events.expectation import (
    ExpectationExtended,
    ExpectationVaried,
    LimitReviewAnswered,
    LimitReviewRequested,
)
from evenhand.policy.events.incident import IncidentReported
from evenhand.policy.events.marker import (
    MarkerKept,
    MarkerReviewRequested,
    MarkerVaried,
    ProvisionalMarkerRenewed,
)
from evenhand.policy.events.single_contact import SingleContactChanged, SingleContactExtended
from evenhand.policy.standing.told import Told
from evenhand.policy.visibility import Part
from evenhand.web import case_controls, case_decision, case_parts
from evenhand.web.evidence import Beside, Shown, assessments, by_month, incidents_of, shown
from evenhand.web.said import Teller, inside
from evenhand.web.section import Section, of_kind
from evenhand.web.templatetags.words import day
from evenhand.web.timeline import teller

LOOKED = (MarkerKept, ProvisionalMarkerRenewed, ExpectationExtended, SingleContactExtended, LimitReviewAnswered)
"""A decision to let it go on; it was looked at then."""
CHANGED = (MarkerVaried, ExpectationVaried, SingleContactChanged)
ASKED = (MarkerReviewRequested, LimitReviewRequested)
TIMES = {0: "Not yet", 1: "Once", 2: "Twice"}


def parts(file: CaseFile, id: str | None) -> list[Shown]:
    """The finding, limit, single contact or marker `id`, what it rests on and the customer's side; none where the case
    has nothing of that id."""
    tell = teller(file)
    found = thing(file, tell, id or "")
    if found is None:
        return []
    kept = exhibits.of(file)
    rests = tuple(_rests_on(file, tell, id or "", kept))
    files = tuple(each for each in kept if each.part == Part.REPORT)
    return [
        Shown("What is looked at again", "", [], (), (_with_its_history(file, tell, id or "", found),)),
        Shown("What it rests on", "Nothing of it is open to you.", [], files, rests),
        *shown(file, "account", "support"),
    ]


def thing(file: CaseFile, tell: Teller, id: str) -> Section | None:
    """It as its tab shows it, without the links of the tab."""
    case = file.case
    if (marker := case.marker.get(id)) is not None:
        found = case_controls.of_marker(file, tell, marker)
    elif (limit := case.expectation.get(id)) is not None:
        found = case_controls.of_limit(file, tell, limit)
    elif (contact := case.single_contact.get(id)) is not None:
        found = case_controls.of_contact(file, tell, contact)
    else:
        made = next((e for e in of_kind(file, FindingMade) if e.finding == id), None)
        if made is None:
            return None
        found = case_decision.of_finding(file, tell, made)
    return replace(found, links=())


def _with_its_history(file: CaseFile, tell: Teller, id: str, section: Section) -> Section:
    """The same with how often it was looked at and changed, and with what the customer said of it."""
    mine = [entry for entry in file.entries if _names(entry, id)]
    looked = [entry.event for entry in mine if isinstance(entry.event, LOOKED)]
    changed = [entry.event for entry in mine if isinstance(entry.event, CHANGED)]
    last = f", last on {day(looked[-1].on)} by {tell[looked[-1].by]}" if looked else ""
    facts: list[tuple[str, str]] = [("The customer was told", _told(file, id))]
    if not file.case.decision.get(id):
        facts.append(("Looked at again", f"{TIMES.get(len(looked), f'{len(looked)} times')}{last}"))
    if changed:
        facts.append(("Changed", f"{day(changed[-1].on)}, by {tell[changed[-1].by]}"))
    why: list[tuple[str, str]] = [(f"Why it went on, on {day(e.on)}", e.reasons) for e in looked]
    why += [(f"Why it was changed, on {day(e.on)}", e.reasons) for e in changed]
    return replace(section, facts=(*section.facts, *facts), quotes=(*_customer(mine), *section.quotes, *why))


def _told(file: CaseFile, id: str) -> str:
    case = file.case
    found = case.marker.get(id) or case.expectation.get(id) or case.single_contact.get(id) or case.decision.get(id)
    told = found.told if found else Told()
    return f"{day(told.deemed_on)}, when its letter counts as delivered" if told.deemed_on else "Not yet"


def _names(entry: Entry, id: str) -> bool:
    """Whether an event is about this: by its own name for it, or as what an appeal is against."""
    return any(getattr(entry.event, name, None) == id for name in ("marker", "limit", "finding", "against"))


def _customer(mine: list[Entry]) -> Iterator[tuple[str, str]]:
    """What the customer said of it since: asking for it to go, or appealing."""
    for event in (entry.event for entry in mine):
        if isinstance(event, ASKED):
            yield f"The customer asked for it to go, on {day(event.on)}", event.words
        elif isinstance(event, AppealLodged):
            how = f" ({inside(event.how)})" if event.how else ""
            yield f"Appeal {event.appeal} of {day(event.on)}, by {event.lodger.value}{how}", event.grounds
            yield "Why it was accepted late", event.late_reason


def _rests_on(file: CaseFile, tell: Teller, id: str, kept: list[exhibits.Kept]) -> Iterator[Section]:
    """The finding behind a limit or a marker, then the incident of a marker, or every incident of the case."""
    case = file.case
    found = case.marker.get(id) or case.expectation.get(id) or case.single_contact.get(id)
    if found is not None:
        for made in of_kind(file, FindingMade):
            if made.finding == found.finding:
                yield replace(case_decision.of_finding(file, tell, made), links=())
    marker = case.marker.get(id)
    for event in of_kind(file, IncidentReported):
        if marker is None or event.incident == marker.incident:
            yield replace(case_parts.incident(file, tell, event, kept), links=())


class Again(Beside):
    """A page that decides again about `about`, with all that the decision needs beside its form."""

    evidence_label = "What is looked at again"

    @property
    def about(self) -> str | None:
        return self.subject

    def evidence(self) -> list[Shown]:
        return parts(self.file, self.about)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = incidents_of(self.file, self.colleague)
        made = {"evidence_label": self.evidence_label, "assessments": assessments(self.file)}
        return {**super().get_context_data(**context), **made, "earlier": found, "months": by_month(found)}
