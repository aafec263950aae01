"""Who the landlord is, as every letter says it; and the numbers it works under."""

from typing import Any

from django import forms
from django.urls import path

from evenhand.people import changes, terms
from evenhand.people.models import Landlord
from evenhand.people.models.change import ChangeKind
from evenhand.people.refusal import NotDone
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.terms import Nation, Terms
from evenhand.web.fields import Count, Line, OneOf, Words
from evenhand.web.set_up import PlainForm, SetUpView

LABELS = {
    "name": "Name",
    "nation": "Nation",
    "address": "Address",
    "telephone": "Telephone",
    "emergency_telephone": "Emergency telephone",
    "email": "Email",
    "complaints_route": "How to complain",
    "advocacy": "Where to find an advocate",
    "legal_advice": "Where to get legal advice",
    "portal_url": "Website",
}


class LandlordForm(PlainForm):
    """What letters say of the landlord."""

    name = Line("What is the landlord called?", missing="Enter the landlord’s name")
    nation = OneOf("Where are its homes?", Nation, "This sets the bank holidays and the ombudsman.")
    address = Words("Address", "As it stands on a letter, a line for each line.", rows=4, missing="Enter the address")
    telephone = Line("Telephone", "For customers, in working hours.", missing="Enter a number", max_length=40)
    emergency_telephone = Line(
        "Emergency telephone",
        "Day and night. Every letter that limits contact gives it: emergencies always get through.",
        missing="Enter the number that answers day and night",
        max_length=40,
    )
    email = forms.EmailField(label="Email for customers", max_length=254, required=False)
    complaints_route = Words(
        "How to complain",
        "Finish the sentence “You can …”, without a full stop. For example: call 0113 496 0100 or write to us. "
        "A limit on contact never closes this.",
        rows=2,
        missing="Say how a customer complains",
    )
    advocacy = Words(
        "Where to find an advocate near you",
        "For the policy’s page. Letters name the national ones.",
        rows=3,
        required=False,
    )
    legal_advice = Words(
        "Where to get legal advice near you",
        "For the policy’s page. Letters name the national ones.",
        rows=3,
        required=False,
    )
    portal_url = forms.URLField(
        label="Website",
        help_text="As letters print it. Leave it empty if there is none.",
        required=False,
        assume_scheme="https",
    )

    def clean_complaints_route(self) -> str:
        """The end of a sentence of every letter: no capital at its head but a name's, no full stop at its end."""
        route = " ".join(str(self.cleaned_data["complaints_route"]).split()).rstrip(".")
        if route.lower().startswith(("you can", "to complain")):
            raise forms.ValidationError("Leave out “You can”: letters say it. Begin with what to do, such as “call”")
        first = route.partition(" ")[0]
        return route[0].lower() + route[1:] if first.istitle() else route

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["invalid"] = "Enter an email address, such as hello@example.org"
        self.fields["portal_url"].error_messages["invalid"] = "Enter an address that begins with https://"


class Identity(SetUpView):
    form_class = LandlordForm
    title = "Say who the landlord is"
    intro = "Every letter says this to customers. Letters already approved stay as they are."
    submit = "Save"

    def get_initial(self) -> dict[str, Any]:
        landlord = Landlord.objects.first()
        return {name: getattr(landlord, name) for name in LABELS} if landlord else {"nation": Nation.ENGLAND}

    def change(self, form: LandlordForm) -> None:
        landlord = Landlord.objects.select_for_update().first() or Landlord()
        before = {name: getattr(landlord, name) for name in LABELS}
        for name in LABELS:
            setattr(landlord, name, form.cleaned_data[name])
        landlord.save()
        if told := changes.differences(LABELS, before, form.cleaned_data):
            self.note(ChangeKind.LANDLORD, landlord.name, ". ".join(told) + ".")


class TermsForm(PlainForm):
    """Every number of a kind that a landlord may set, within the bounds that the policy or the law gives it."""

    kind: type[Terms] | type[DemandTerms] = Terms

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for term in terms.settable(self.kind):
            bounds = f"From {term.least} to {term.most}. Usually {term.default}."
            asked = Count(term.words, bounds, least=term.least, most=term.most)
            # The summary lists many questions alike, so each error says which it is about.
            wrong = f"{term.words}: enter a whole number from {term.least} to {term.most}"
            asked.error_messages.update(required=wrong, invalid=wrong)
            for limit in asked.validators:
                limit.message = wrong  # type: ignore[attr-defined]
            self.fields[term.name] = asked


class TheTerms(SetUpView):
    form_class = TermsForm
    title = "Set the terms"
    intro = (
        "They hold for what is done from now on. A date that was already given to a customer stays as it is. "
        "A number cannot go beyond what the policy or the law allows."
    )
    submit = "Save the terms"
    done = "The terms are saved. They hold for what is done from now on."

    def get_initial(self) -> dict[str, Any]:
        landlord = Landlord.objects.first()
        return {term.name: term.default for term in terms.settable()} | (landlord.terms if landlord else {})

    def change(self, form: TermsForm) -> None:
        landlord = Landlord.objects.select_for_update().first()
        if landlord is None:
            raise NotDone("Say who the landlord is first: the terms are kept with it.")
        before = {term.name: term.default for term in terms.settable()} | landlord.terms
        labels = {term.name: term.words for term in terms.settable()}
        landlord.terms = terms.to_keep(form.cleaned_data)
        landlord.save(update_fields=["terms"])
        if told := changes.differences(labels, before, form.cleaned_data):
            self.note(ChangeKind.TERMS, landlord.name, ". ".join(told) + ".")


urlpatterns = [
    path("administration/landlord", Identity.as_view(), name="landlord"),
    path("administration/terms", TheTerms.as_view(), name="terms"),
]
