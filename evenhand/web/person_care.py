"""Looking after a person's record: what they need, how to reach them safely, who speaks for them, their death.

Open to those who work on cases, and never to a colleague who is the person or lives with them (rule 21).
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import following, reading
from evenhand.cases.one_by_one import SomeFailed
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import ADMINISTRATORS, CASEWORKERS, COLLEAGUES, for_roles
from evenhand.people import care, changes, known
from evenhand.people import reading as people_reading
from evenhand.people.models import Merge, Person, User
from evenhand.people.models.change import ChangeKind
from evenhand.people.models.look import LookKind
from evenhand.policy.need import Channel, LetterFormat, Need
from evenhand.policy.occasion import Known
from evenhand.policy.staff import DECIDERS
from evenhand.web import way
from evenhand.web.care_forms import BirthForm, DeathForm, DetailsForm, NeedForm, ReachForm, RepresentativeForm
from evenhand.web.person import found_by
from evenhand.web.said import listed
from evenhand.web.set_up import PlainForm, SetUpView
from evenhand.web.templatetags.words import day

JOINERS = DECIDERS | ADMINISTRATORS


def may_open(signed: str, viewer: User) -> Person:
    """The person of a signed address. 404 for a colleague who is them, or lives with them, and for whoever comes from
    outside and is named in no case of theirs."""
    return opened(signed, viewer)[0]


def opened(signed: str, viewer: User) -> tuple[Person, Known]:
    """The same, with what is known of them."""
    found = found_by(signed)
    picture = known.picture(found, now().day)
    if viewer.actor_id in picture.colleagues_too:
        raise Http404
    if not viewer.actor.has(*COLLEAGUES) and not reading.cases_of(found, viewer, now().day):
        raise Http404
    return found, picture


@for_roles(CASEWORKERS)
def care_of(request: HttpRequest, signed: str) -> HttpResponse:
    """All that is recorded, each with the page that changes it."""
    viewer, on = request.user, now().day
    assert isinstance(viewer, User)
    found, picture = opened(signed, viewer)
    looked(viewer, LookKind.PERSON, f"{found.source}:{found.ref}", found, "Looking after the record")
    ids = people_reading.identities(found)
    context = {
        "title": f"Look after the record of {found.name}",
        "person": found,
        "signed": way.PEOPLE.sign(str(found.pk)),
        "back": way.to_person(found),
        "needs": people_reading.needs(found, on),
        "representatives": people_reading.representatives(found, on),
        "format": people_reading.letter_format(found, on).value,
        "asked_for": found.letter_format,
        "no_letter": picture.must_not_be_told_alone and not picture.safe_representative,
        "unsafe": listed(sorted(channel.words for channel in picture.unsafe), "or") if picture.unsafe else "",
        "age": people_reading.age_on(on, found.date_of_birth),
        "joins": Merge.objects.filter(kept__in=ids, undone_at=None).select_related("merged", "kept"),
        "may_join": viewer.actor.has(*JOINERS),
        "trail": changes.of_person(found),
    }
    return render(request, "care/care.html", context)


class CareView(SetUpView):
    """One change to what is recorded of a person."""

    who = CASEWORKERS
    back_words = "Back to the record"
    submit = "Save"
    trail = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.actor.has(*self.who):
            self.person = may_open(kwargs["signed"], user)
        return super().dispatch(request, *args, **kwargs)

    def back(self) -> str:
        return reverse("person.care", args=[way.PEOPLE.sign(str(self.person.pk))])

    def tell(self, words: str) -> None:
        """Adds to the trail of this person. The words never say what someone needs or suffers from."""
        self.note(ChangeKind.PERSON, f"{self.person.source}:{self.person.ref}", words, person=self.person)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**{"caption": self.person.name, **context})


class AddNeed(CareView):
    form_class = NeedForm
    title = "Record a need"
    intro = "Something they need of us. It is never held against them, and every case of theirs takes it into account."

    def change(self, form: NeedForm) -> None:
        kind: Need = form.cleaned_data["kind"]
        care.add_need(self.person, kind, form.cleaned_data["detail"], self.colleague, now().day)
        self.tell("Recorded a need.")


class EndNeed(CareView):
    form_class = PlainForm
    title = "End this need"
    intro = "Only if they told you that it no longer holds. What was decided while it held keeps it."
    submit = "End it"

    def change(self, form: PlainForm) -> None:
        care.end_need(self.person, self.kwargs["pk"], now().day)
        self.tell("Ended a need.")


class Reach(CareView):
    form_class = ReachForm
    title = "Say how to reach them safely"

    def get_initial(self) -> dict[str, Any]:
        unsafe = known.picture(self.person, now().day).unsafe
        kept = LetterFormat(self.person.letter_format) if self.person.letter_format else ""
        return {"wanted": kept, "unsafe": [each.value for each in unsafe], "note": self.person.unsafe_note}

    def change(self, form: ReachForm) -> None:
        told = form.cleaned_data
        unsafe: tuple[Channel, ...] = told["unsafe"]
        care.reach(self.person, told["wanted"], unsafe, told["note"])
        self.tell("Changed how letters are made, or which ways of contact are safe.")


class AddRepresentative(CareView):
    form_class = RepresentativeForm
    title = "Record who speaks for them"

    def change(self, form: RepresentativeForm) -> None:
        care.speaks_for(self.person, now().day, **form.cleaned_data)
        self.tell("Recorded someone who speaks for them.")


class EndRepresentative(CareView):
    form_class = PlainForm
    title = "Record that they no longer speak for the person"
    intro = "From today nothing is sent to them, and they are not asked."
    submit = "Record it"

    def change(self, form: PlainForm) -> None:
        care.no_longer_speaks(self.person, self.kwargs["pk"], now().day)
        self.tell("Ended someone’s speaking for them.")


class Born(CareView):
    form_class = BirthForm
    title = "Record their date of birth"
    intro = "Ask them. There is no marker for a child under 10, and someone under 18 needs more care."

    def get_initial(self) -> dict[str, Any]:
        return {"born": self.person.date_of_birth}

    def change(self, form: BirthForm) -> None:
        care.born_on(self.person, form.cleaned_data["born"], now().day)
        self.tell("Recorded the date of birth.")


class Died(CareView):
    form_class = DeathForm
    title = "Record their death"
    intro = "Every limit and marker ends at once, and no letter goes any more. This cannot be taken back here."
    submit = "Record the death"
    weighty = True
    done = "The death is recorded. Nothing more is sent to them."

    def change(self, form: DeathForm) -> None:
        care.died(self.person, form.cleaned_data["on"], now().day)
        self.tell(f"Recorded that they died on {day(form.cleaned_data['on'])}.")

    def afterwards(self) -> None:
        try:
            following.people_died(now(), self.person)
        except SomeFailed:
            words = "In some cases it could not be recorded yet. It is tried again every hour; tell your manager."
            messages.error(self.request, words)


class Details(CareView):
    form_class = DetailsForm
    title = "Change their details"
    intro = "They are in no register, so what is known of them is kept here."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.person, name) for name in DetailsForm.base_fields}

    def change(self, form: DetailsForm) -> None:
        care.details(self.person, **form.cleaned_data)
        self.tell("Changed what is known of them.")


AT = "people/<str:signed>/"
urlpatterns = [
    path(f"{AT}care", care_of, name="person.care"),
    path(f"{AT}needs/add", AddNeed.as_view(), name="person.need"),
    path(f"{AT}needs/<int:pk>/end", EndNeed.as_view(), name="person.need.end"),
    path(f"{AT}reach", Reach.as_view(), name="person.reach"),
    path(f"{AT}representatives/add", AddRepresentative.as_view(), name="person.representative"),
    path(f"{AT}representatives/<int:pk>/end", EndRepresentative.as_view(), name="person.representative.end"),
    path(f"{AT}birth", Born.as_view(), name="person.birth"),
    path(f"{AT}death", Died.as_view(), name="person.death"),
    path(f"{AT}details", Details.as_view(), name="person.details"),
]
