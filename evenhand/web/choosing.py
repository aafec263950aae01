"""A colleague, or several, chosen from all who work here: from a short list where they are few, else by name.

Without a script one writes a name or an email and sends the form; it comes back with the matches to choose from. With
one, the matches are offered while one types. What was chosen is sent with the words it was chosen for: changed words
are looked for again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.safestring import SafeString

from evenhand.doors.permission import EVERYONE, for_roles
from evenhand.people import finding
from evenhand.people.models import User
from evenhand.people.text import tidy
from evenhand.policy.staff import Role

FEW = 30
"""Up to so many, a list of all is quicker than typing."""
MOST = 10
NOBODY = "We found no colleague by that. Check the spelling, or write their email"
CHOOSE = "Choose the colleague you mean from those we found"
CHECK = "Check that this is who you mean, then send the form again"
NOT_ONE_OF_THEM = "Choose a colleague from those we found"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was answered: who was chosen, what was written, and the words for which the choice was offered."""

    chosen: tuple[str, ...] = ()
    words: str = ""
    offered_for: str = ""

    @classmethod
    def of(cls, value: Any) -> "Asked":
        """From an answer, or from a first answer: an actor id, or several."""
        if isinstance(value, Asked):
            return value
        several = (value,) if isinstance(value, str) else tuple(value or ())
        return cls(chosen=tuple(str(each) for each in several if each))

    @property
    def is_settled(self) -> bool:
        return self.words in ("", self.offered_for)


@dataclass(frozen=True, slots=True)
class Staff:
    """Of whom one chooses: everyone with one of the roles (anyone if none) but a few."""

    roles: tuple[Role, ...] = ()
    without: frozenset[str] = frozenset()

    def few(self) -> list[User] | None:
        """All of them, or None where they are too many for a list."""
        found = [user for user in finding.working(self.roles)[: FEW + len(self.without) + 1] if self.has(user)]
        return found if len(found) <= FEW else None

    def named(self, words: str) -> list[User]:
        return [user for user in finding.colleagues(words, MOST, self.roles) if self.has(user)]

    def among(self, ids: Iterable[str]) -> list[User]:
        """Those of the actor ids that may be chosen, in the order given."""
        wanted = {id: place for place, id in enumerate(ids) if id not in self.without}
        found = finding.working(self.roles).filter(actor_id__in=wanted) if wanted else ()
        return sorted(found, key=lambda user: wanted[user.actor_id])

    def has(self, user: User) -> bool:
        return user.actor_id not in self.without


class ColleagueBox(forms.Widget):
    """A list where they are few; otherwise a box for a name, with those found below it."""

    several = False
    staff = Staff()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Asked:
        several = data.getlist(name) if hasattr(data, "getlist") else data.get(name)
        asked = Asked(tuple(tidy(each) for each in Asked.of(several).chosen))
        words, offered_for = (tidy(str(data.get(f"{name}_{part}") or ""))[:200] for part in ("words", "for"))
        return Asked(asked.chosen, words, offered_for)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        asked = Asked.of(value)
        context = {"name": name, "asked": asked, "attrs": {**self.attrs, **(attrs or {})}, "several": self.several}
        context["few"] = None if self.several else self.staff.few()
        if context["few"] is None:
            context |= self._found(asked)
        return render_to_string("components/colleague_box.html", context)

    def _found(self, asked: Asked) -> dict[str, Any]:
        """Those chosen, then those who answer to the words; one alone is shown as chosen, to be looked at and sent."""
        chosen = self.staff.among(asked.chosen)
        matches = self.staff.named(asked.words) if asked.words else []
        rows = list(dict.fromkeys([*chosen, *matches]))
        kept = chosen if self.several or asked.is_settled else []
        alone = rows if len(rows) == 1 and not self.several else []
        return {
            "rows": rows,
            "ticked": {user.actor_id for user in [*kept, *alone]},
            "suggest": reverse("colleagues.named"),
            "of": ",".join(self.staff.roles),
            # A choice that need not be made can be taken back.
            "nobody": bool(chosen) and not self.several and not self.is_required and not asked.words,
        }


class Colleague(forms.Field):
    """A colleague who works here now and holds one of `roles` (anyone if none). The answer is their actor id."""

    several = False

    def __init__(self, label: str, *roles: Role, hint: str = "", missing: str = "", **options: Any) -> None:
        super().__init__(label=label, help_text=hint, widget=ColleagueBox(), **options)
        self.widget.several = self.several
        self.error_messages["required"] = missing or "Choose a colleague"
        self.choose_from(Staff(roles))

    def choose_from(self, staff: Staff) -> None:
        self.staff = self.widget.staff = staff

    def chosen(self, value: Any) -> list[User]:
        """Whom the answer names. Raises ValidationError where they are still to be chosen."""
        asked = Asked.of(value)
        found = self.staff.among(asked.chosen)
        if len(found) < len(set(asked.chosen)):
            raise ValidationError(NOT_ONE_OF_THEM)
        if not asked.is_settled or (asked.words and not found):
            matches = self.staff.named(asked.words)
            alone = len(matches) == 1 and not self.several
            raise ValidationError(CHECK if alone else CHOOSE if matches else NOBODY)
        if not found and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return found

    def clean(self, value: Any) -> Any:
        return next((user.actor_id for user in self.chosen(value)), "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return Asked.of(initial) != Asked.of(data)


class Colleagues(Colleague):
    """Several of them. The answer is a tuple of their actor ids."""

    several = True

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(user.actor_id for user in self.chosen(value))


def some_of(staff: Staff, label: str, hint: str, missing: str) -> forms.Field:
    """A question for several colleagues: boxes to tick where they are few."""
    few = staff.few()
    if few is None:
        field = Colleagues(label, hint=hint, missing=missing)
        field.choose_from(staff)
        return field
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        choices=[(user.actor_id, with_job(user)) for user in few],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": missing},
    )


def with_job(user: User) -> str:
    return f"{user.name}, {user.job_title}" if user.job_title else str(user.name)


@for_roles(EVERYONE)
def named(request: HttpRequest) -> JsonResponse:
    """For the box, while one types: who answers to the words."""
    roles = [Role(each) for each in request.GET.get("of", "").split(",") if each in set(Role)]
    words = request.GET.get("q", "").replace(",", " ")[:200]
    found = finding.colleagues(words, MOST, roles)
    rows = [{"id": user.actor_id, "name": user.name, "hint": user.job_title or user.email} for user in found]
    return JsonResponse({"colleagues": rows})


urlpatterns = [path("colleague-names", named, name="colleagues.named")]
