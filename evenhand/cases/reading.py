"""The ways out: what screens, machines and commands may ask of the record. Every answer is asked for by someone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from evenhand.cases import circumstances, log, models, sight
from evenhand.cases.circumstances import Moment
from evenhand.cases.log import Entry
from evenhand.cases.paging import PAGE, Page, by_day, by_opening
from evenhand.cases.summary import details_on
from evenhand.people import reading as people_reading
from evenhand.people.looking import Hidden
from evenhand.people.models import Person, User
from evenhand.people.text import folded
from evenhand.policy.case import Case
from evenhand.policy.deadline import Due, due
from evenhand.policy.events.handling import Matter
from evenhand.policy.occasion import Occasion
from evenhand.policy.staff import Actor, Role
from evenhand.policy.standing.correspondence import Post
from evenhand.policy.visibility import Part, part_of

# What a row of each list is: pages name these, and never the tables.
CaseRow = models.Case
LetterRow = models.Letter
TaskRow = models.Task
ControlRow = models.LiveControl
SOON = timedelta(days=30)
OF_CASE = "case__"
REFERENCE = re.compile(r"EH-\w{4}-\w{4}")

__all__ = [
    "Case",
    "CaseFile",
    "CaseRow",
    "ControlRow",
    "Due",
    "Entry",
    "LetterRow",
    "Moment",
    "NotFound",
    "PAGE",
    "Page",
    "Part",
    "TaskRow",
]


class NotFound(Exception):
    """There is no such thing, or none that the asker may know of: the two are one."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as one colleague may see it. `entries` are all that they may; `case` is where it stands."""

    row: models.Case
    case: Case
    entries: tuple[Entry, ...]
    parts: frozenset[Part]
    day: date

    @property
    def reference(self) -> str:
        return self.row.reference

    @property
    def person(self) -> Person | None:
        return self.row.person

    @property
    def seen(self) -> int:
        """What a form on its page carries: the last event by a person."""
        return self.row.last_by_person

    def sees(self, *parts: Part) -> bool:
        return not self.parts.isdisjoint(parts)


def case_file(reference: str, viewer: User, day: date) -> CaseFile:
    """The case, cut to what the viewer may see. Raises `NotFound` where to them there is none."""
    row = models.Case.objects.select_related("person", "home").filter(reference=reference).first()
    if row is None:
        raise NotFound(reference)
    parts = sight.parts_seen(viewer, row, day)
    if not parts:
        raise NotFound(reference)
    entries = log.entries_of(row)
    shown = tuple(entry for entry in entries if part_of(entry.event) in parts)
    return CaseFile(row, log.case_of(entries), shown, parts, day)


def occasion(viewer: Actor, moment: Moment, file: CaseFile) -> Occasion:
    """The circumstances in which a screen asks for objections before anyone types; nothing is locked."""
    return circumstances.occasion(viewer, moment, file.person, file.reference, file.case.handling.linked)


def occasion_for(viewer: Actor, moment: Moment, person: Person | None) -> Occasion:
    """The same, for a form that opens a case."""
    return circumstances.occasion(viewer, moment, person)


def cases(viewer: User, day: date, *, show: str = "", words: str = "", after: str = "") -> "Page[models.Case]":
    """Cases the viewer may know of, newest first, but reports that wait oldest first. `show` is mine, reported (by
    them, or what happened to them), untriaged, appeals, closed, all or open."""
    # What is under appeal is known only to those who work on it; that something was reported, to its reporter too.
    known = sight.seen_whole_by if show == "appeals" else sight.seen_by
    found = known(viewer, day).select_related("person", "home").filter(_shown(show, viewer.actor))
    if words:
        found = found.filter(_named(words))
    few = show == "reported" or not sight.sees_many(viewer)
    return by_opening(found, after, known(viewer, day), oldest_first=show == "untriaged", few=few)


def _named(words: str) -> Q:
    """By a reference, or by part of a person's name: either has its index, and the two together would have none."""
    reference = words.strip().upper()
    return Q(reference=reference) if REFERENCE.fullmatch(reference) else Q(person__search_name__contains=folded(words))


def _shown(show: str, actor: Actor) -> Q:
    match show:
        case "mine":
            return Q(holder=actor.id, closed=False)
        case "untriaged":
            return Q(untriaged=True)
        case "appeals":
            return Q(appeal_open=True)
        case "closed":
            return Q(closed=True)
        case "reported":
            return Q(reporters__contains=[actor.id]) | Q(targets__contains=[actor.id])
        case "all":
            return Q()
        case _:
            return Q(closed=False)


def tasks(viewer: User, day: date, *, show: str = "", after: str = "") -> "Page[models.Task]":
    """What is due from the viewer within `SOON`, soonest first. `show` is later, overdue, mine or everyone."""
    return by_day(_tasks(viewer, day, show).select_related("case", "case__person"), "on", after)


def how_many_tasks(viewer: User, day: date, show: str, first: "Page[models.Task] | None" = None) -> int:
    """How many acts they ask for: the same one in the same case counts once, as a list shows it in one row. More than
    a page of tasks is more than a page, and counted no further. `first` is the list's first page, if it is at hand."""
    if first and first.after:
        return PAGE + 1
    if first:
        return len({(task.case_id, task.verb, task.promise) for task in first.rows})
    found = _tasks(viewer, day, show).order_by("on", "reference").values_list("case", "verb", "promise")[: PAGE + 1]
    return len(found) if len(found) > PAGE else len(set(found))


def _tasks(viewer: User, day: date, show: str) -> "QuerySet[models.Task]":
    mine = sight.whole(viewer, day, OF_CASE)
    if viewer.actor.has(Role.CUSTOMER_PARTNER):
        # Said once more of every row, so that the database may begin with the few cases that a partner knows of.
        mine = sight.any_part(viewer, day, OF_CASE) & (mine | Q(verb__startswith="support."))
    found = models.Task.objects.filter(mine)
    if show != "everyone":
        found = found.filter(_from(viewer.actor, day, late=show != "later"))
    match show:
        case "":
            found = found.filter(on__lte=day + SOON)
        case "later":
            found = found.filter(on__gt=day + SOON)
        case "overdue":
            found = found.filter(on__lt=day)
        case "mine":
            found = found.filter(holder=viewer.actor.id)
    return found


def _from(actor: Actor, day: date, *, late: bool) -> Q:
    """What a colleague's roles make theirs. What is overdue is due from someone senior too, every day until done;
    `late` is whether any of it can be overdue, or the database would not know that so little is asked for."""
    roles = {role.value for role in actor.roles}
    due_from = Q(role__in=roles - {Role.INVESTIGATOR.value})
    if actor.has(Role.INVESTIGATOR):
        due_from |= Q(role=Role.INVESTIGATOR) & (Q(holder=actor.id) | Q(holder=""))
    if actor.is_senior and late:
        due_from |= Q(on__lt=day)
    return due_from


def due_in(file: CaseFile) -> tuple[Due, ...]:
    return due(file.case)


def controls_of(person: Person, day: date) -> list[models.LiveControl]:
    """The person's limits, single contacts and markers that are live on the day, from every record of theirs."""
    found = models.LiveControl.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), person__in=people_reading.identities(person)
    )
    return [_as_on(control, day) for control in found.select_related("case").order_by("kind", "id")]


def _as_on(control: models.LiveControl, day: date) -> models.LiveControl:
    """The control with what it says on the day: a changed limit only from when the customer was told."""
    control.details = details_on(control, day)
    return control


def instructions_at(homes: Iterable[int], day: date) -> list[models.LiveControl]:
    """The safety instructions that stand on these homes on the day, while nobody knows who it was (rule 20)."""
    found = models.LiveControl.objects.filter(home__in=list(homes), kind="instruction", ends_on__gte=day)
    return list(found.select_related("case", "home").order_by("id"))


def cases_of(person: Person, viewer: User, day: date) -> list[models.Case]:
    """The person's cases that the viewer may know of."""
    found = models.Case.objects.filter(person__in=people_reading.identities(person)).select_related("person", "home")
    return list(sight.seen_by(viewer, day, found).order_by("-opened_at"))


def reviews(viewer: User, day: date, *, after: str = "") -> "Page[models.LiveControl]":
    """Limits and markers by the day of their review, overdue first, in the cases the viewer works on."""
    found = models.LiveControl.objects.filter(sight.whole(viewer, day, OF_CASE), review_on__isnull=False)
    found = found.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).select_related("case", "person")
    page = by_day(found, "review_on", after)
    return replace(page, rows=tuple(_as_on(control, day) for control in page.rows))


def appeals(viewer: User, day: date, *, after: str = "") -> "Page[models.Task]":
    """Appeals that wait for an answer, soonest due first, in the cases the viewer works on."""
    found = models.Task.objects.filter(sight.whole(viewer, day, OF_CASE), verb="appeal.decide")
    return by_day(found.select_related("case", "case__person"), "on", after)


def worked_on(rows: Iterable[models.Case], viewer: User, day: date) -> frozenset[int]:
    """Which of these the viewer works on, by their keys: only of those may a list say how they stand."""
    among = sight.seen_whole_by(viewer, day).filter(pk__in=[row.pk for row in rows])
    return frozenset(among.values_list("pk", flat=True))


def known_among(references: Iterable[str], viewer: User, day: date) -> list[models.Case]:
    """The cases with these references that the viewer may know of."""
    wanted = list(references)
    if not wanted:
        return []
    found = models.Case.objects.select_related("person").filter(reference__in=wanted)
    return list(sight.seen_by(viewer, day, found).order_by("-opened_at"))


def letters_of(file: CaseFile) -> list[models.Letter]:
    """The case's letters, newest first, without their bytes."""
    return list(models.Letter.objects.filter(case=file.row).defer("sent_bytes", "data").order_by("-drafted_at", "-id"))


def sealed_about(file: CaseFile, viewer: User) -> list[models.Case]:
    """Sealed matters about a case, for those named in them alone."""
    found = models.Case.objects.filter(about=file.reference, named__contains=[viewer.actor.id])
    return list(found.exclude(matter=Matter.CONDUCT).order_by("opened_at"))


def hidden_from(viewer: User, day: date) -> Hidden:
    """The sealed matters in which the viewer is not named, the people close to them, and the cases about those people:
    to the viewer there are none, and nobody ever looked at one."""
    sealed = models.Case.objects.exclude(matter=Matter.CONDUCT).exclude(named__contains=[viewer.actor.id])
    close = sight.people_close_to(viewer, day)
    theirs = models.Case.objects.filter(person__in=close).values_list("reference", flat=True) if close else ()
    return Hidden(viewer.actor.id, dict(sealed.values_list("reference", "named")), close, list(theirs))


def drafts(reference: str) -> list[str]:
    """The ids of a case's letters that wait for approval, oldest first. For commands, which look at no case."""
    found = models.Letter.objects.filter(case__reference=reference, post=Post.DRAFT)
    return list(found.order_by("pk").values_list("letter", flat=True))
