"""Rule 21: a colleague joins, is given other roles, leaves and comes back."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from evenhand.cases import following
from evenhand.cases.one_by_one import SomeFailed
from evenhand.doors.clock import now
from evenhand.people import changes, colleague, roles
from evenhand.people.models import User
from evenhand.people.models.change import ChangeKind
from evenhand.policy.staff import Role
from evenhand.web import invitation
from evenhand.web.colleague_forms import ColleagueForm, LeaveForm
from evenhand.web.role_words import titles
from evenhand.web.set_up import SetUpView
from evenhand.web.templatetags.words import day

LABELS = {
    "first_name": "First name",
    "last_name": "Last name",
    "email": "Work email",
    "job_title": "Job title",
    "telephone": "Telephone",
    "team": "Team",
    "manager": "Manager",
    "person": "Record as a customer",
}


class Add(SetUpView):
    """A new colleague, who is sent a link to choose a password."""

    form_class = ColleagueForm
    title = "Add a colleague"
    intro = "They are sent a link with which they choose a password. It works once."
    done = ""
    back_words = "Back to colleagues"

    def back(self) -> str:
        return reverse("colleagues")

    def change(self, form: ColleagueForm) -> None:
        told = dict(form.cleaned_data)
        first, last, email, given = (told.pop(name) for name in ("first_name", "last_name", "email", "roles"))
        self.added = colleague.join(email, first, last, given, **told)
        self.note(ChangeKind.COLLEAGUE, self.added.actor_id, f"Added, as: {titles(given)}.")

    def afterwards(self) -> None:
        invitation.send_and_tell(self.request, self.added)

    def get_success_url(self) -> str:
        return reverse("colleague", args=[self.added.pk])


class OfOne(SetUpView):
    """A change to one colleague."""

    back_words = "Back to the colleague"

    @property
    def whom(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("colleague", args=[self.kwargs["pk"]])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "colleague": self.whom}


class Amend(OfOne):
    form_class = ColleagueForm
    title = "Change what is recorded"
    submit = "Save"

    def get_initial(self) -> dict[str, Any]:
        user = self.whom
        return {**kept(user), "roles": user.roles}

    def change(self, form: ColleagueForm) -> None:
        user = User.objects.select_for_update().get(pk=self.kwargs["pk"])
        before = {name: getattr(user, name) for name in LABELS}
        added, taken = roles.give(user, form.cleaned_data["roles"], self.colleague)
        told = [f"Given: {titles_of(added)}"] * bool(added) + [f"Taken away: {titles_of(taken)}"] * bool(taken)
        told += changes.differences(LABELS, before, form.cleaned_data)
        for name in LABELS:
            setattr(user, name, form.cleaned_data[name])
        if user.username == before["email"]:
            user.username = user.email
        user.save(update_fields=[*LABELS, "username"])
        if told:
            self.note(ChangeKind.COLLEAGUE, user.actor_id, ". ".join(told) + ".")


def kept(user: User) -> dict[str, Any]:
    """What is recorded of a colleague, as their form begins: others by what names them there."""
    told = {name: getattr(user, name) for name in LABELS}
    manager = user.manager.actor_id if user.manager else ""
    return {**told, "manager": manager, "person": user.person.ref if user.person else ""}


def titles_of(some: list[Role]) -> str:
    return ", ".join(role.value for role in some)


class Leave(OfOne):
    """Access ends at once; their cases go to whoever steps in."""

    form_class = LeaveForm
    title = "Record that they have left"
    intro = "They are signed out everywhere at once. What they did stays theirs in the record."
    weighty = True

    def get_initial(self) -> dict[str, Any]:
        return {"on": now().day}

    def change(self, form: LeaveForm) -> None:
        user, cover = self.whom, form.cleaned_data["cover"]
        if Role.ADMINISTRATOR.value in user.roles:
            roles.someone_stays(user)
        self.left = colleague.leave(user, form.cleaned_data["on"], cover, today=now().day)
        who = f"{cover.name} steps in" if cover else "nobody named to step in"
        self.note(ChangeKind.COLLEAGUE, user.actor_id, f"Left on {day(self.left.left_on)}; {who}.")

    def afterwards(self) -> None:
        """What follows in the cases, each in its own transaction: access has ended whatever becomes of them."""
        try:
            given = len(following.reassign(self.left, now()))
            following.sealed_matters_left(now())
        except SomeFailed:
            messages.error(self.request, "Some cases could not be given to anyone. It is tried again every hour.")
        else:
            cases = f"{given} open {'case' if given == 1 else 'cases'} went to another colleague. " if given else ""
            messages.info(self.request, cases + self.left_over())

    def left_over(self) -> str:
        """What a manager still has to do by hand."""
        held = sum(1 for _ in following.cases_of(self.left))
        contact = sum(
            1 for c in following.single_contacts_to_change() if c.details.get("colleague") == self.left.actor_id
        )
        told = [f"{held} could not be given to anyone: a manager has to."] if held else []
        if contact:
            told.append(f"They are the single contact of {contact}: a manager appoints another and tells the customer.")
        return " ".join(told) or "Nothing else waits for a manager."


class ComeBack(OfOne):
    """Someone who left works here again, as a plain colleague until given roles."""

    form_class = ColleagueForm
    title = "Record that they are back"
    intro = "Choose their roles anew. They are sent a link with which they choose a password."
    done = "They can sign in again."

    def get_initial(self) -> dict[str, Any]:
        return kept(self.whom)

    def change(self, form: ColleagueForm) -> None:
        self.returned = colleague.come_back(self.whom)
        roles.give(self.returned, form.cleaned_data["roles"], self.colleague)
        for name in LABELS:
            setattr(self.returned, name, form.cleaned_data[name])
        self.returned.save(update_fields=[*LABELS])
        self.note(ChangeKind.COLLEAGUE, self.returned.actor_id, f"Back, as: {titles(form.cleaned_data['roles'])}.")

    def afterwards(self) -> None:
        invitation.send_and_tell(self.request, self.returned)


AT = "administration/colleagues/"
urlpatterns = [
    path(f"{AT}add", Add.as_view(), name="colleague.add"),
    path(f"{AT}<int:pk>/change", Amend.as_view(), name="colleague.change"),
    path(f"{AT}<int:pk>/leave", Leave.as_view(), name="colleague.leave"),
    path(f"{AT}<int:pk>/back", ComeBack.as_view(), name="colleague.come_back"),
]
