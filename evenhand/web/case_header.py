"""The head of a case's pages: who, how serious, the next date, how it stands, and the tabs this viewer may open."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from evenhand.cases import reading
from evenhand.cases.reading import CaseFile
from evenhand.people.text import unbroken
from evenhand.policy.conduct import Conduct, in_order
from evenhand.policy.events.handling import Matter
from evenhand.policy.visibility import Part, part_of_verb
from evenhand.web.names import Names
from evenhand.web.said import listed
from evenhand.web.templatetags.words import day, until

Badge = tuple[str, str]

SEALED = {
    Matter.LEGAL: "A legal step without notice",
    Matter.COUNTER_ALLEGATION: "What a customer says of a colleague",
    Matter.WELFARE: "Welfare notes",
}

TABS: tuple[tuple[str, str, frozenset[Part]], ...] = (
    ("incidents", "Incidents and evidence", frozenset({Part.AFFECTED})),
    ("account", "Account and support", frozenset({Part.ACCOUNT, Part.SUPPORT})),
    ("how-often", "How often", frozenset({Part.ACCOUNT})),
    ("decision", "Decision", frozenset({Part.DECISION})),
    ("controls", "Limits and markers", frozenset({Part.CONTROLS})),
    ("letters", "Letters", frozenset({Part.LETTERS})),
    ("police", "Police and courts", frozenset({Part.POLICE, Part.LEGAL})),
    ("kept", "How long it is kept", frozenset({Part.HANDLING})),
    ("looks", "Who looked", frozenset({Part.LOOKS})),
)
"""Each tab by its word in the address, its name, and the parts of which it shows any. Incidents are for those who
work on the case: whoever only reported one has a page of their own."""
OF_SEALED = frozenset({"letters", "kept", "looks"})


def tabs_of(file: CaseFile) -> list[tuple[str, str]]:
    """The tabs this viewer may open: the others do not exist."""
    sealed = file.case.handling.matter.is_sealed
    return [(tab, words) for tab, words, parts in TABS if file.sees(*parts) and (not sealed or tab in OF_SEALED)]


def places(file: CaseFile, here: str) -> list[dict[str, Any]]:
    """The sub-navigation's links."""
    first = {"words": "Overview", "href": reverse("case", args=[file.reference]), "here": not here}
    return [
        first,
        *(
            {"words": words, "href": reverse(f"case-{tab}", args=[file.reference]), "here": tab == here}
            for tab, words in tabs_of(file)
        ),
    ]


def title(file: CaseFile) -> str:
    """Whom it is about; a sealed matter says what it is."""
    matter = file.case.handling.matter
    if matter.is_sealed:
        return SEALED[matter]
    if file.parts.isdisjoint({Part.REPORT, Part.SUPPORT}):
        return "Who handled it, and who looked"
    return file.person.name if file.person else "Nobody knows yet who it was"


def facts(file: CaseFile, names: Names) -> list[dict[str, str]]:
    """How serious, the next date, whose case, which home: what the viewer may know of these."""
    row, case = file.row, file.case
    found = []
    if file.sees(Part.REPORT) and row.conducts:
        found.append({"key": "How serious", "value": how_serious(row.conducts)})
    due = [each for each in reading.due_in(file) if file.sees(part_of_verb(each.verb))]
    if due:
        next_one = due[0]
        value = f"{next_one.what}, {day(next_one.on)} ({until(next_one.on, file.day)})"
        found.append({"key": "Next date", "value": value})
    if file.sees(Part.HANDLING) and case.handling.holder:
        found.append({"key": "Whose case", "value": names[case.handling.holder]})
    if file.sees(Part.REPORT) and row.home:
        found.append({"key": "Home", "value": unbroken(row.home.address)})
    return found


def how_serious(conducts: list[str]) -> str:
    """The conduct alleged, the most serious first: never a word about the person. Where there are demands alone their
    kinds are no measure of how serious it is, so it says first that no behaviour is alleged."""
    alleged = in_order(map(Conduct, conducts))
    words = listed(each.value for each in alleged)
    if not any(each.is_behaviour for each in alleged):
        return f"Demands on our time, no behaviour: {words}"
    return words[0].upper() + words[1:]


def badges(file: CaseFile) -> list[dict[str, str]]:
    """How the case stands, each in words with its kind."""
    return [{"words": words, "kind": kind} for words, kind in _standing(file)]


def _standing(file: CaseFile) -> Iterator[Badge]:
    case = file.case
    if case.handling.person_died:
        yield "The person has died", ""
    if case.handling.closed:
        yield "Closed", "good"
    if case.disposal.holds and file.sees(Part.HANDLING):
        yield "Legal hold", "accent"
    if case.incident.untriaged and file.sees(Part.REPORT):
        yield "Waits for triage", "due"
    if file.sees(Part.CONTROLS):
        yield from _controls(file)
    if case.appeal.open and file.sees(Part.APPEAL):
        yield "Under appeal", "due"
    if case.investigation.paused and file.sees(Part.ACCOUNT):
        yield f"Paused until {day(case.investigation.paused_until)}", "due"
    if case.police.reports and file.sees(Part.POLICE):
        yield "Reported to the police", ""
    if case.legal_action.open and file.sees(Part.LEGAL):
        yield "Legal step", ""


def _controls(file: CaseFile) -> Iterator[Badge]:
    case, today = file.case, file.day
    for marker in case.marker.standing:
        kind = "Provisional marker" if marker.provisional else "Marker"
        late = " – not decided" if marker.provisional else " – review overdue"
        yield kind + (late if marker.is_overdue(today) else ""), "danger"
    if any(limit.plan and limit.in_force(today) for limit in case.expectation.limits):
        yield "Limit on contact", "accent"
    if any(contact.in_force(today) for contact in case.single_contact.contacts):
        yield "Single contact", "accent"
