"""What stands beside a form while someone decides: the record's own words, its files, and how often it happened."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse

from evenhand.cases import exhibits, how_often
from evenhand.cases.exhibits import Kept
from evenhand.cases.reading import CaseFile
from evenhand.doors.acts import ActView
from evenhand.doors.looked import looked
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.policy.conduct import in_order as most_serious_first
from evenhand.policy.events import assessment, incident, investigation, marker, support, warning
from evenhand.policy.events.event import Event
from evenhand.policy.visibility import Part
from evenhand.web import case_parts
from evenhand.web.section import Section
from evenhand.web.timeline import in_order, teller


@dataclass(frozen=True, slots=True)
class Kind:
    """One part of the evidence: which events, which files, and what is said where there are none."""

    heading: str
    events: tuple[type[Event], ...]
    empty: str
    files: Part | None = None


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "incidents": Kind(
            "What was reported",
            (),
            "Nothing is reported here that you may see.",
            Part.REPORT,
        ),
        "affected": Kind("Who was affected", (incident.ColleagueAffected,), "Nobody is recorded as affected."),
        "account": Kind(
            "The customer’s side",
            (
                investigation.AccountHeard,
                investigation.AccountDeclined,
                investigation.CustomerInvited,
                investigation.ContactAttempted,
            ),
            "The customer’s account has not been heard, and nobody has tried yet.",
            Part.ACCOUNT,
        ),
        "support": Kind(
            "What makes things harder for them",
            (
                support.SupportAsked,
                support.SupportAnswered,
                support.SupportDeclined,
                support.ReferralMade,
                support.ReferralEnded,
                support.ConsentWithdrawn,
                support.ReferredWithoutConsent,
            ),
            "They have said nothing of it. Where they were asked is in their side, above.",
        ),
        "how_often": Kind(
            "How often", (investigation.HowOftenViewed,), "Nobody has looked at how often it happened yet."
        ),
        "markers": Kind(
            "The marker",
            (marker.ProvisionalMarkerPlaced, marker.ProvisionalMarkerConfirmed, marker.ProvisionalMarkerRenewed),
            "There is no provisional marker.",
        ),
        "warning": Kind(
            "Warnings",
            (
                warning.WarningGiven,
                warning.WarningSkipProposed,
                warning.WarningSkipApproved,
                warning.WarningSkipRefused,
            ),
            "No warning has been given.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One part as a page shows it."""

    heading: str
    empty: str
    entries: list[dict[str, Any]]
    files: tuple[Kept, ...]
    sections: tuple[Section, ...] = ()


def shown(file: CaseFile, *kinds: str) -> list[Shown]:
    """These parts of the evidence, cut to what the file's viewer may see."""
    ours = exhibits.of_looks(file)
    others = [kept for kept in exhibits.of(file) if kept not in ours]
    if ours and "account" in kinds and "how_often" not in kinds:
        kinds = (*kinds, "how_often")  # Our own count is kept where accounts are, and is none.
    return [
        Shown(
            kind.heading,
            kind.empty,
            in_order(file, (entry for entry in file.entries if isinstance(entry.event, kind.events))),
            tuple(ours if name == "how_often" else (kept for kept in others if kept.part == kind.files)),
            tuple(case_parts.incidents(file, teller(file))) if name == "incidents" else (),
        )
        for name, kind in ((name, KINDS[name]) for name in kinds)
    ]


def assessments(file: CaseFile) -> list[dict[str, Any]]:
    """Each assessment in full, newest first, as rows of a summary list."""
    made = [e.event for e in reversed(file.entries) if isinstance(e.event, assessment.AssessmentMade)]
    return [
        {
            "event": event,
            "rows": [
                {"key": "Needs known then", "value": ", ".join(need.value for need in event.needs) or "None"},
                {"key": "Health, disability", "value": event.known},
                {"key": "Adjustments offered", "value": event.adjustments},
                {"key": "The aim", "value": event.aim},
                {"key": "Less would not do", "value": event.alternatives},
                {"key": "Due regard", "value": event.due_regard},
            ],
        }
        for event in made
    ]


@dataclass(frozen=True, slots=True)
class Earlier:
    """One incident of the person, in this case or another that the viewer may know of."""

    reference: str
    happened_on: date
    conducts: tuple[str, ...]
    here: bool
    made_of_it: str
    behaviour: bool = True

    @property
    def counts(self) -> bool:
        """Whether triage made it a case: what it turned away, or has not read, is shown and never counted."""
        return self.made_of_it == incident.Triage.NEW_CASE.value


def incidents_of(file: CaseFile, viewer: User) -> list[Earlier]:
    """The person's incidents that the viewer may know of, newest first; this case's alone while nobody is known."""
    told = [(file.reference, file.case.incident)]
    if file.person is not None:
        told += how_often.incidents_elsewhere(file.person, viewer, file.day, but=file.reference)
    found = [
        Earlier(
            reference,
            one.happened_on,
            tuple(conduct.value for conduct in most_serious_first(one.conducts)),
            reference == file.reference,
            one.triage.value if one.triage else "waits for triage",
            any(conduct.is_behaviour for conduct in one.conducts),
        )
        for reference, incidents in told
        for one in incidents.all
        if one.triage is not incident.Triage.JOINS
    ]
    return sorted(found, key=lambda one: one.happened_on, reverse=True)


def by_month(found: list[Earlier]) -> list[tuple[str, int]]:
    """How many that count in each month from the first to the last, for a chart; months without any are nought.

    Of behaviour alone: a demand is reported once, however often it was made, and is measured from the contacts.
    """
    behaved = (one for one in found if one.counts and one.behaviour)
    counted = Counter((one.happened_on.year, one.happened_on.month) for one in behaved)
    if not counted:
        return []
    (year, month), last = min(counted), max(counted)
    months: list[tuple[str, int]] = []
    while (year, month) <= last:
        months.append((f"{date(year, month, 1):%B %Y}", counted[(year, month)]))
        year, month = (year + month // 12, month % 12 + 1)
    return months[-12:]


class Beside(ActView):
    """A page that acts and shows a part of the case beside its form: whoever opens it has looked at the case."""

    beside: tuple[str, ...] = ()
    evidence_template = "evidence/beside.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.alone:
            looked(self.colleague, LookKind.CASE, self.file.reference, self.file.person)
        return super().get(request, *args, **kwargs)

    def evidence(self) -> list[Shown]:
        return [] if self.alone else shown(self.file, *self.beside)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "evidence": self.evidence()}
