"""What is asked about a colleague: who they are, what they may do, and when they leave."""

from typing import Any

from django import forms

from evenhand.people import finding, roles
from evenhand.people.models import Person, Team, User
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import Role
from evenhand.web.choosing import Colleague, Staff
from evenhand.web.fields import Day, Line, SeveralOf
from evenhand.web.role_words import DOES, ORDER
from evenhand.web.set_up import PlainForm

CHOSEN = tuple(role for role in ORDER if role is not Role.COLLEAGUE)


class Someone(Colleague):
    """A colleague who works here now; the answer is them, or None."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(label, hint=hint, required=False)

    def all_but(self, whom: User | None) -> None:
        """Nobody is their own manager, or steps in for themselves."""
        self.choose_from(Staff(without=frozenset({whom.actor_id} if whom else ())))

    def clean(self, value: Any) -> Any:
        return next(iter(self.chosen(value)), None)


class ColleagueForm(PlainForm):
    """Who a colleague is and what they may do."""

    first_name = Line("First name", missing="Enter a first name", max_length=150)
    last_name = Line("Last name", missing="Enter a last name", max_length=150)
    email = forms.EmailField(label="Work email", help_text="They sign in with it.", max_length=150)
    job_title = Line("Job title", "As customers may see it.", required=False, max_length=120)
    telephone = Line(
        "Telephone", "Their own. A single contact’s letter gives the team’s instead.", required=False, max_length=40
    )
    team = forms.ModelChoiceField(Team.objects.all(), label="Team", required=False, empty_label="No team")
    manager = Someone("Manager", "Rings them after an incident, and takes their cases if nobody covers.")
    roles = SeveralOf(
        "What may they do?",
        CHOSEN,
        "Everyone who works here may report an incident and check a person. Choose what they do beyond that.",
        hints=DOES,
        required=False,
    )
    person = Line(
        "Their reference as a customer",
        "Only if they are a customer or live with one: the person’s reference in the register. Their own household’s "
        "cases are then closed to them.",
        required=False,
        max_length=60,
    )

    def __init__(self, *args: Any, colleague: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleague = colleague
        self.fields["email"].error_messages.update(
            required="Enter their work email", invalid="Enter an email address, such as name@example.org"
        )
        manager = self.fields["manager"]
        assert isinstance(manager, Someone)
        manager.all_but(colleague)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        others = User.objects.filter(email__iexact=email) | User.objects.filter(username__iexact=email)
        if others.exclude(pk=self.colleague.pk if self.colleague else 0).exists():
            raise forms.ValidationError(f"{email} already belongs to a colleague. Change that colleague instead")
        return email

    def clean_roles(self) -> list[Role]:
        try:
            return roles.held_by(self.cleaned_data["roles"])
        except NotDone as no:
            raise forms.ValidationError(str(no)) from None

    def clean_person(self) -> Person | None:
        asked = self.cleaned_data["person"]
        if not asked:
            return None
        named = [person for person in finding.find(asked).people if asked.upper() == person.ref.upper()]
        if len(named) != 1:
            why = "More than one person has" if named else "Nobody in the register has"
            raise forms.ValidationError(f"{why} the reference {asked}. Check it in the housing system")
        return named[0]


class LeaveForm(PlainForm):
    """When a colleague leaves, and who steps in."""

    on = Day("What was their last day?", "Access ends as soon as you save this.", missing="Enter their last day")
    cover = Someone(
        "Who steps in?", "Their open cases go to this colleague. Leave it empty, and they go to their manager."
    )

    def __init__(self, *args: Any, colleague: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cover = self.fields["cover"]
        assert isinstance(cover, Someone)
        cover.all_but(colleague)


class NarrowColleagues(PlainForm):
    """What the list is narrowed to. It is read, never sent."""

    words = forms.CharField(label="Name or email", required=False, max_length=100)
    role = forms.ChoiceField(label="Role", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    show = forms.ChoiceField(
        label="Show", required=False, choices=[("", "Work here now"), ("left", "Have left"), ("all", "Everyone")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(role.value, role.value.capitalize()) for role in ORDER]
        self.fields["role"].choices = [("", "Any role"), *named]  # type: ignore[attr-defined]
        teams = [(str(team.pk), team.name) for team in Team.objects.all()]
        self.fields["team"].choices = [("", "Any team"), *teams]  # type: ignore[attr-defined]
