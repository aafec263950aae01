"""What became of a report, for the colleague who made it or whom it affected: no more than that."""

from typing import Any

from evenhand.cases.reading import CaseFile
from evenhand.people.models import Home, User
from evenhand.people.text import unbroken
from evenhand.policy.conduct import in_order
from evenhand.policy.events.incident import IncidentCorrected, IncidentReported, Triage
from evenhand.web.said import listed
from evenhand.web.templatetags.words import day


def own_report(file: CaseFile, viewer: User) -> dict[str, Any]:
    """The incidents that are theirs, each with what happens to it now. What others reported is not shown."""
    hurt = {each.incident for each in file.case.incident.affected if each.colleague == viewer.actor_id}
    theirs = [
        entry.event
        for entry in file.entries
        if isinstance(entry.event, IncidentReported)
        and (entry.event.by == viewer.actor_id or entry.event.incident in hurt)
    ]
    return {
        "file": file,
        "title": "What you reported" if not hurt else "What happened to you",
        "reports": [
            {
                "rows": rows(file, event),
                "words": event.account,
                "whose": whose(event, viewer),
                "corrections": corrections(file, event, viewer),
            }
            for event in theirs
        ],
        "stands": stands(file),
        "affected": bool(hurt),
    }


def whose(event: IncidentReported, viewer: User) -> str:
    return "In your words" if event.by == viewer.actor_id else "What was reported"


def corrections(file: CaseFile, event: IncidentReported, viewer: User) -> list[str]:
    """What the viewer put right in it since, the earliest first; what others wrote of it is not shown."""
    return [
        f"{entry.event.correction}\n{_alleged(entry.event)}, on {day(entry.event.happened_on)}."
        for entry in sorted(file.entries, key=lambda each: each.event.at)
        if isinstance(entry.event, IncidentCorrected)
        and entry.event.incident == event.incident
        and entry.event.by == viewer.actor_id
    ]


def _alleged(event: IncidentCorrected) -> str:
    told = listed(conduct.value for conduct in in_order(event.conducts))
    return told[0].upper() + told[1:]


def rows(file: CaseFile, event: IncidentReported) -> list[dict[str, Any]]:
    at = f", {event.happened_at}" if event.happened_at else ""
    told = [
        ("What was reported", listed(conduct.value for conduct in in_order(event.conducts))),
        ("When it happened", f"{day(event.happened_on)}{at}"),
        ("Home", home_of(file, event)),
        ("Where", event.where),
        ("Who it was", file.person.name if file.person else event.described or "Nobody knows yet"),
        ("Reported", day(event.at)),
    ]
    return [{"key": key, "value": value[0].upper() + value[1:]} for key, value in told if value]


def home_of(file: CaseFile, event: IncidentReported) -> str:
    """The home that the report named; its case may by now be about another, or about none."""
    if not event.home:
        return ""
    if file.row.home is not None and event.home == str(file.row.home.pk):
        return unbroken(file.row.home.address)
    named = Home.objects.filter(pk=int(event.home)).first()
    return unbroken(named.address) if named else ""


def stands(file: CaseFile) -> str:
    """One plain sentence: what is being done, and who tells them how it ends."""
    incidents = file.case.incident
    if incidents.untriaged:
        return f"Someone will read your report and decide what to do by {day(incidents.untriaged[0].triage_by)}."
    if not incidents.is_case:
        other = any(incident.triage is Triage.JOINS for incident in incidents.all)
        return (
            "Your report joined a case that is being looked into. Your manager tells you how it ends."
            if other
            else "Your report was read, and it is not taken further under the conduct policy. Your manager can say why."
        )
    if file.case.handling.closed or not file.case.decision.undecided:
        return "It has been looked into and a decision was made. Your manager tells you the outcome."
    return "It is being looked into. Your manager tells you how it ends."
