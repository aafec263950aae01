"""C2: what is ours is put right first: who does it and by when, and what they say was done.

A manager asks; whoever was asked sees what is theirs to do, and nothing of how often anybody contacted us.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import Truncator

from evenhand.cases import sight
from evenhand.contacts import putting_right
from evenhand.contacts.models import Matter, PutRight
from evenhand.contacts.models.put_right import Step
from evenhand.contacts.putting_right import Said
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import COLLEAGUES, for_roles
from evenhand.people import known, reading
from evenhand.people.models import Person, User
from evenhand.people.models.look import LookKind
from evenhand.policy.staff import DECIDERS
from evenhand.web import way
from evenhand.web.choosing import Colleague, Staff
from evenhand.web.demand_chart import kind_in_words
from evenhand.web.fields import Day, Words
from evenhand.web.set_up import PlainForm, SetUpView
from evenhand.web.templatetags.words import day, until, urgency

MOST = 25
LOOKED_FOR = "Putting right what is ours"
WHO, SAY_WHO = "Who puts it right?", "Choose who puts it right"
NOBODY = "It is done: it needs nobody"
BY_DAY = "By when is it put right?"
SAY_A_DAY = "Enter the day by which it is put right"
TOLD = {
    Step.ASKED: "Asked {who} to put it right by {by_day}",
    Step.CHANGED: "Given to {who}, by {by_day}",
    Step.DONE: "Put right",
    Step.NOT_DONE: "Not put right after all: {who}, by {by_day}",
}


def name_of(matter: Matter) -> str:
    """A matter as every page names it: "Repair of 3 January 2026"."""
    return f"{kind_in_words(matter.kind)} of {day(matter.opened_on)}"


def standing(matter: Matter) -> str:
    """How a matter of ours stands, and what to do about it."""
    if matter.done_on:
        return f"Done on {day(matter.done_on)}"
    if matter.closed_on and "done_on" not in matter.unknown:
        return "Closed and not done: put it right"
    return "Late: put it right" if not matter.closed_on else f"Closed on {day(matter.closed_on)}"


def in_a_word(task: PutRight) -> str:
    """Who puts it right by when, or when they did."""
    if task.done_on:
        return f"{task.who.name} put it right on {day(task.done_on)}"
    if not task.who.is_active:
        return f"{task.who.name} has left: give it to somebody else"
    return f"{task.who.name}, by {day(task.by_day)} ({until(task.by_day, now().day)})"


def page_of(task: PutRight) -> str:
    return reverse("put_right", args=[task.pk])


def as_task(task: PutRight, on: date, viewer: User) -> dict[str, Any]:
    """One as a row of a list of tasks, for whoever may open it: their own says what, any other who has it."""
    whose = reading.kept_record(task.matter.person).name
    if not task.who.is_active:
        told = f"{in_a_word(task)}."
    else:
        told = Truncator(task.what).words(16, truncate=" …") if task.who_id == viewer.pk else f"Asked: {task.who.name}."
    return {
        "name": f"Put right: {name_of(task.matter)}",
        "href": page_of(task),
        "hint": f"For {whose}. {told}",
        "status": until(task.by_day, on),
        "kind": urgency(task.by_day, on),
        "day": day(task.by_day),
    }


def on_today(viewer: User, on: date) -> dict[str, Any]:
    """What a colleague's first page says: their own, and to whoever decides, how many are late or nobody's. One query,
    and those of who they are too close to only where there is something."""
    found = putting_right.on_first_page(viewer, on, 2 * MOST + 1)
    close = sight.people_close_to(viewer, on) if found else frozenset()
    found = [task for task in found if task.matter.person_id not in close]
    mine = [task for task in found if task.who_id == viewer.pk]
    return {"mine": [as_task(task, on, viewer) for task in mine[:MOST]], "late": _late(viewer, found, on)}


def _late(viewer: User, found: list[PutRight], on: date) -> dict[str, str] | None:
    """How many are overdue, or belong to somebody who has left, for those who asked for them."""
    late = [task for task in found if task.by_day < on or not task.who.is_active]
    if not late or not viewer.actor.decides:
        return None
    count = f"More than {MOST} matters of ours are" if len(late) > MOST else _matters(len(late))
    left = sum(not task.who.is_active for task in late)
    first = min(task.by_day for task in late)
    return {
        "heading": f"{count} not put right",
        "text": f"The first was to be put right by {day(first)}."
        + (f" {left} of them wait for a colleague who has left." if left else ""),
    }


def _matters(count: int) -> str:
    return "One matter of ours is" if count == 1 else f"{count} matters of ours are"


def told_of(task: PutRight) -> list[dict[str, Any]]:
    """What was said of it, as entries of a timeline, the latest first."""
    return [
        {
            "title": TOLD[Step(one.step)].format(who=one.who.name, by_day=day(one.by_day)),
            "by": one.by.name,
            "moment": one.at,
            "quote": one.words,
        }
        for one in reversed(task.steps.select_related("who", "by").all())
    ]


def opened(viewer: User, task: int) -> PutRight:
    """One of them, for whoever has to do it or decides; 404 for all others, and for who is close to the customer."""
    found = putting_right.one(task)
    if found is None or not (viewer.actor.decides or found.who_id == viewer.pk):
        raise Http404
    if viewer.actor_id in known.colleagues_close_to(found.matter.person, now().day):
        raise Http404
    return found


@for_roles(COLLEAGUES)
def one(request: HttpRequest, task: int) -> HttpResponse:
    """One matter to put right: what it is, whose, what was promised, and what was said of it."""
    viewer = request.user
    assert isinstance(viewer, User)
    found = opened(viewer, task)
    matter, person = found.matter, reading.kept_record(found.matter.person)
    looked(viewer, LookKind.PERSON, f"{person.source}:{person.ref}", person, LOOKED_FOR)
    days = (("Opened", matter.opened_on), ("Promised by", matter.respond_by), ("Closed", matter.closed_on),
            ("Done", matter.done_on))  # fmt: skip
    context = {
        "title": f"Put right: {name_of(matter)}",
        "person": person,
        "person_href": way.to_person(person),
        "back": reverse("own_failure") if viewer.actor.decides else reverse("today"),
        "back_words": "Back to our own failures" if viewer.actor.decides else "Back to Today",
        "task": found,
        "word": until(found.by_day, now().day),
        "kind": urgency(found.by_day, now().day),
        "facts": [
            {"key": "What is to be put right", "value": found.what},
            {"key": "Who puts it right", "value": in_a_word(found)},
            {"key": "Reference", "value": matter.ref},
            *({"key": words, "value": day(when)} for words, when in days if when),
        ],
        "entries": told_of(found),
        "decides": viewer.actor.decides,
    }
    return render(request, "demand/put_right.html", context)


class OfTask(SetUpView):
    """Something said of one matter that is being put right."""

    who = COLLEAGUES
    once = True
    back_words = "Back to what is to be put right"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.actor.has(*self.who):
            self.task = opened(user, kwargs["task"])
        return super().dispatch(request, *args, **kwargs)

    def back(self) -> str:
        return page_of(self.task)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        person = reading.kept_record(self.task.matter.person)
        told = {"caption": f"{person.name}: {name_of(self.task.matter)}", "intro": self.task.what}
        return super().get_context_data(**{**told, **context})

    def said(self) -> Said:
        return Said(self.colleague, now().at, now().day)


class DoneForm(PlainForm):
    words = Words(
        "What was done, and what was the customer told?",
        "For example: the new part was fitted, and they were rung on Tuesday to say sorry.",
        missing="Say what was done",
        rows=4,
    )
    on = Day("On which day was it done?", missing="Enter the day on which it was done")


class Done(OfTask):
    """Whoever was asked, or a manager, says that it is done."""

    form_class = DoneForm
    title = "Say that this is put right"
    submit = "It is done"
    done = "Saved. It is put right."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "on": now().day}

    def change(self, form: DoneForm) -> None:
        putting_right.done(self.task, form.cleaned_data["on"], form.cleaned_data["words"], self.said())


class NotDoneForm(PlainForm):
    words = Words("What is still to be done?", missing="Say what is still to be done", rows=4)
    who = Colleague(WHO, *sorted(COLLEAGUES), missing=SAY_WHO)
    by_day = Day(BY_DAY, missing=SAY_A_DAY)


class NotAfterAll(OfTask):
    """It was said to be done, and is not: whoever had it has it again, or whom a manager names instead."""

    form_class = NotDoneForm
    title = "Say that this is not put right after all"
    submit = "It is not done"
    done = "Saved. It waits to be put right again."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "who": _still_here(self.task)}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.colleague.actor.decides:
            return choosing_who(form, self.task.matter.person)
        del form.fields["who"]
        return form

    def change(self, form: NotDoneForm) -> None:
        told = form.cleaned_data
        who = User.objects.get(actor_id=told["who"]) if "who" in told else None
        putting_right.not_done(self.task, told["by_day"], told["words"], self.said(), who)


class ChangeForm(PlainForm):
    who = Colleague(WHO, *sorted(COLLEAGUES), missing=SAY_WHO)
    by_day = Day(BY_DAY, missing=SAY_A_DAY)
    words = Words("Why does it change?", missing="Say why it changes", rows=3)


class Change(OfTask):
    """Somebody else has it, or it takes longer: the day before stays on record."""

    who = DECIDERS
    form_class = ChangeForm
    title = "Change who puts it right, or by when"
    submit = "Save"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "who": _still_here(self.task), "by_day": self.task.by_day}

    def get_form(self, form_class: Any = None) -> Any:
        return choosing_who(super().get_form(form_class), self.task.matter.person)

    def change(self, form: ChangeForm) -> None:
        told = form.cleaned_data
        who = User.objects.get(actor_id=told["who"])
        putting_right.change(self.task, who, told["by_day"], told["words"], self.said())


def _still_here(task: PutRight) -> str:
    """Whoever has it, chosen already; nobody where they have left."""
    return task.who.actor_id if task.who.is_active else ""


def choosing_who(form: Any, person: Person) -> Any:
    """The same form, with nobody to choose who is the customer or lives with them."""
    form.fields["who"].choose_from(
        Staff(tuple(sorted(COLLEAGUES)), without=known.colleagues_close_to(person, now().day))
    )
    return form


urlpatterns = [
    path("put-right/<int:task>/", one, name="put_right"),
    path("put-right/<int:task>/done", Done.as_view(), name="put_right.done"),
    path("put-right/<int:task>/not-done", NotAfterAll.as_view(), name="put_right.not_done"),
    path("put-right/<int:task>/change", Change.as_view(), name="put_right.change"),
]
