"""What a viewer may do in a case: the next steps with what stands in their way, and every verb that has a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evenhand.cases.reading import CaseFile
from evenhand.doors.permission import may_use
from evenhand.doors.verb_words import words_of
from evenhand.people.models import User
from evenhand.policy.case import Case
from evenhand.policy.decision import objections_to_an_adverse_finding
from evenhand.policy.next_step import NextStep, next_steps
from evenhand.policy.occasion import Occasion
from evenhand.policy.refusal import Objection
from evenhand.policy.verbs import VERBS
from evenhand.policy.visibility import part_of_verb
from evenhand.web import way
from evenhand.web.said import letter

ABOUT_A_LETTER = "correspondence"
"""Letters have a page of their own, where everything about them is done."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A verb as a link, and what stands in its way for this viewer; `about` tells two of a kind apart."""

    verb: str
    words: str
    about: str
    href: str
    objections: tuple[dict[str, Any], ...] = ()
    only_adverse: tuple[dict[str, Any], ...] = ()

    @property
    def open(self) -> bool:
        return not self.objections


@dataclass(frozen=True, slots=True)
class Standing:
    """An objection once, with the words of every step that waits for it."""

    reason: dict[str, Any]
    steps: tuple[str, ...]


def standing_in_the_way(cannot: list[Shown]) -> list[Standing]:
    """Each objection to these steps once, in the order in which it is met, with the steps it blocks."""
    found: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for step in cannot:
        name = f"{step.words}: {step.about}" if step.about else step.words
        blocked = [(each, name) for each in step.objections]
        blocked += [(each, "A finding against the customer") for each in step.only_adverse]
        for reason, waits in blocked:
            among = found.setdefault(reason["words"], (reason, []))[1]
            if waits not in among:
                among.append(waits)
    return [Standing(reason, tuple(steps)) for reason, steps in found.values()]


class Steps:
    """The verbs of one case as one viewer meets them; objections are asked of the policy, never guessed here."""

    def __init__(self, file: CaseFile, viewer: User, now: Occasion) -> None:
        self.file, self.actor, self.now = file, viewer.actor, now
        self.told: dict[Objection, dict[str, Any]] = {}

    def next(self) -> list[Shown]:
        """The steps that make sense now, those open to the viewer first."""
        steps = [step for step in next_steps(self.file.case, self.file.day) if self._sees(step.verb)]
        several = {step.verb for step in steps if [s.verb for s in steps].count(step.verb) > 1}
        shown = [self._shown(step, named=step.verb in several or _of_a_letter(step.verb)) for step in steps]
        return sorted(shown, key=lambda step: not step.open)

    def menu(self) -> list[Shown]:
        """Everything the viewer has a page for in this case."""
        shown = []
        for verb in VERBS:
            if not self._sees(verb) or _of_a_letter(verb):
                continue
            among = list(subjects(self.file.case, verb))
            for subject in among:
                step = self._shown(NextStep(verb, subject), named=len(among) > 1)
                if step.href and may_use(self.actor, verb):
                    shown.append(step)
        return shown

    def _sees(self, verb: str) -> bool:
        return self.file.sees(part_of_verb(verb))

    def _shown(self, step: NextStep, *, named: bool) -> Shown:
        case = self.file.case
        about = name_of(case, step.subject) if named and step.subject else ""
        href = self._page(step)
        standing = VERBS[step.verb].objections(case, self.now, step.subject)
        adverse = objections_to_an_adverse_finding(case, self.now) if step.verb == "decision.decide" else ()
        return Shown(step.verb, words_of(step.verb), about, href, self._said(standing), self._said(adverse))

    def _page(self, step: NextStep) -> str:
        if _of_a_letter(step.verb) and step.subject:
            return way.to_letter(self.file.reference, step.subject)
        return way.to_verb(self.file.reference, step.verb, step.subject)

    def _said(self, objections: Any) -> tuple[dict[str, Any], ...]:
        every: tuple[Objection, ...] = tuple(dict.fromkeys(objections))
        return tuple(self._told(each) for each in every)

    def _told(self, objection: Objection) -> dict[str, Any]:
        """What stands in the way, in words: put together once, for the same often stands in the way of many verbs."""
        if objection not in self.told:
            self.told[objection] = {
                "words": objection.words,
                "promise": objection.promise,
                "href": self._remedy(objection.remedy),
                "remedy": words_of(objection.remedy) if objection.remedy else "",
            }
        return self.told[objection]

    def _remedy(self, verb: str | None) -> str:
        """A link only where the verb has a page without a subject, and the viewer may open it."""
        return way.to_verb(self.file.reference, verb) if verb and may_use(self.actor, verb) else ""


def _of_a_letter(verb: str) -> bool:
    return verb.startswith(ABOUT_A_LETTER)


def subjects(case: Case, verb: str) -> Iterator[str | None]:
    """What in the case a verb may be done to; a single None where it is done to the case itself."""
    concept, _, act = verb.partition(".")
    if verb == "marker.place":
        yield None
        yield from (marker.id for marker in case.marker.provisional)
    elif verb == "incident.triage":
        yield from (each.id for each in case.incident.untriaged)
    elif verb in ("incident.correct", "aftercare.add"):
        yield from (each.id for each in case.incident.all)
    elif verb == "incident.look_after":
        yield from (each.id for each in case.incident.affected)
    elif verb == "appeal.lodge":
        yield from decisions(case)
    elif verb == "police.update":
        yield from (id for id, _, _ in case.police.reports)
    elif concept in SUBJECTS and act not in TO_THE_CASE:
        yield from SUBJECTS[concept](case)
    else:
        yield None


def decisions(case: Case) -> Iterator[str]:
    """What a customer may ask us to look at again."""
    yield from (finding.id for finding in case.decision.findings if finding.stands)
    yield from _limits(case)
    yield from _contacts(case)
    yield from (marker.id for marker in case.marker.standing)


def _limits(case: Case) -> Iterator[str]:
    return (limit.id for limit in case.expectation.limits if not limit.ended)


def _contacts(case: Case) -> Iterator[str]:
    return (contact.id for contact in case.single_contact.contacts if not contact.ended)


TO_THE_CASE = {"place", "set", "appoint", "refer", "ask", "answer", "decline", "override", "consider", "hold"} | {
    "consider_without_notice"
}
SUBJECTS = {
    "marker": lambda case: (marker.id for marker in case.marker.standing),
    "provisional_marker": lambda case: (marker.id for marker in case.marker.provisional),
    "expectation": _limits,
    "single_contact": _contacts,
    "appeal": lambda case: (appeal.id for appeal in case.appeal.open),
    "support": lambda case: (referral.id for referral in case.support.referrals if not referral.ended),
    "disposal": lambda case: (hold.id for hold in case.disposal.holds),
    "legal_action": lambda case: (step.id for step in case.legal_action.open),
}


def name_of(case: Case, id: str) -> str:
    """What an id in the case stands for, in words: "the marker M1", "the finding F1"."""
    if found := case.correspondence.get(id):
        return letter(found.kind)
    kinds = {
        "the marker": case.marker.get(id),
        "the limit": case.expectation.get(id),
        "the single contact": case.single_contact.get(id),
        "the finding": case.decision.get(id),
        "the appeal": case.appeal.get(id),
        "incident": case.incident.get(id),
        "the legal step": case.legal_action.get(id),
        "the hold": case.disposal.get(id),
        "the referral": case.support.get(id),
    }
    return next((f"{words} {id}" for words, thing in kinds.items() if thing is not None), "")
