"""C2: the numbers by which demand is measured, set by administrators within bounds."""

from typing import Any

from django.urls import path

from evenhand.contacts import terms as kept
from evenhand.contacts.models import MeasuredBy
from evenhand.people import changes, terms
from evenhand.people.models.change import ChangeKind
from evenhand.policy.demand.terms import DemandTerms
from evenhand.web.landlord import TermsForm
from evenhand.web.set_up import SetUpView


class DemandTermsForm(TermsForm):
    kind = DemandTerms


class TheDemandTerms(SetUpView):
    form_class = DemandTermsForm
    title = "Set how demand is measured"
    intro = (
        "What has to be reached before a customer’s contacts are shown to a manager as worth a look. Nothing is "
        "decided by it. Everybody is then measured again; what a case already rests on stays as it was."
    )
    submit = "Save the numbers"
    done = "The numbers are saved. Everybody is being measured again."

    def get_initial(self) -> dict[str, Any]:
        return {term.name: term.default for term in terms.settable(DemandTerms)} | _kept()

    def change(self, form: DemandTermsForm) -> None:
        listed = terms.settable(DemandTerms)
        before = {term.name: term.default for term in listed} | _kept()
        kept.keep(terms.to_keep(form.cleaned_data, DemandTerms))
        if told := changes.differences({term.name: term.words for term in listed}, before, form.cleaned_data):
            self.note(ChangeKind.TERMS, "How demand is measured", ". ".join(told) + ".")


def _kept() -> dict[str, int]:
    row = MeasuredBy.objects.first()
    found: dict[str, int] = row.terms if row else {}
    return found


urlpatterns = [path("administration/demand", TheDemandTerms.as_view(), name="demand.terms")]
