"""Teams: the numbers that customers are given, so that no letter gives a colleague's own (rule 21)."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from evenhand.doors.permission import ADMINISTRATORS, for_roles
from evenhand.people import changes
from evenhand.people.models import Team
from evenhand.people.models.change import ChangeKind
from evenhand.web.fields import Line
from evenhand.web.set_up import PlainForm, SetUpView

LABELS = {"name": "Name", "telephone": "Telephone", "email": "Email"}


class TeamForm(PlainForm):
    name = Line("What is the team called?", missing="Enter the team’s name", max_length=120)
    telephone = Line(
        "The team’s telephone number",
        "Letters give this number for a single contact, so that it is answered when they are away.",
        required=False,
        max_length=40,
    )
    email = forms.EmailField(label="The team’s email address", required=False, max_length=254)

    def __init__(self, *args: Any, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        self.fields["email"].error_messages["invalid"] = "Enter an email address, such as team@example.org"

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if Team.objects.filter(name__iexact=name).exclude(pk=self.team.pk if self.team else 0).exists():
            raise forms.ValidationError(f"There is already a team called {name}. Give this one another name")
        return name


@for_roles(ADMINISTRATORS)
def teams(request: HttpRequest) -> HttpResponse:
    found = Team.objects.order_by("name").annotate(size=Count("members", filter=Q(members__is_active=True)))
    context = {
        "title": "Teams",
        "columns": [*({"words": words} for words in LABELS.values()), {"words": "People", "numeric": True}],
        "rows": [
            [
                {"words": team.name, "href": reverse("team.change", args=[team.pk])},
                team.telephone or "None: a single contact needs one",
                team.email,
                {"words": team.size, "numeric": True},
            ]
            for team in found
        ],
    }
    return render(request, "administration/teams.html", context)


class Add(SetUpView):
    form_class = TeamForm
    title = "Add a team"
    back_words = "Back to teams"
    done = "The team was added."

    def back(self) -> str:
        return reverse("teams")

    def change(self, form: TeamForm) -> None:
        team = Team.objects.create(**form.cleaned_data)
        self.note(ChangeKind.TEAM, team.name, "Added.")


class Amend(Add):
    title = "Change a team"
    submit = "Save"
    done = "Saved."

    @property
    def team(self) -> Team:
        return get_object_or_404(Team, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "team": self.team}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.team, name) for name in LABELS}

    def change(self, form: TeamForm) -> None:
        team = self.team
        before = {name: getattr(team, name) for name in LABELS}
        for name in LABELS:
            setattr(team, name, form.cleaned_data[name])
        team.save(update_fields=list(LABELS))
        if told := changes.differences(LABELS, before, form.cleaned_data):
            self.note(ChangeKind.TEAM, team.name, ". ".join(told) + ".")


AT = "administration/teams/"
urlpatterns = [
    path(AT, teams, name="teams"),
    path(f"{AT}add", Add.as_view(), name="team.add"),
    path(f"{AT}<int:pk>/change", Amend.as_view(), name="team.change"),
]
