"""C2: how often a customer contacted us, fairly: what was ours, what is left, and how that stands beside others."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import evidence_statement
from evenhand.cases.letter_facts.sides import NoLandlord
from evenhand.contacts import evidence, fields_kept, history, suggesting
from evenhand.contacts.models import Answered, Objected
from evenhand.contacts.terms import demand_terms
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, for_roles
from evenhand.people.models import Person, User
from evenhand.people.models.look import LookKind
from evenhand.policy.demand import VERSION, sentence
from evenhand.policy.demand.measure import Customer, Fields, Measure, measures, open_in, peer_of
from evenhand.policy.demand.tally import KINDS
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window
from evenhand.policy.staff import DECIDERS
from evenhand.web import demand_chart, demand_list, way
from evenhand.web.fields import in_words
from evenhand.web.person_care import may_open
from evenhand.web.templatetags.words import day

LOOKED_FOR = "How often they contacted us"


@dataclass(frozen=True, slots=True)
class Measured:
    """One customer, measured as the page is opened: always of the contacts there are."""

    person: Person
    span: Window
    terms: DemandTerms
    customer: Customer
    fields: Fields
    found: tuple[Measure, ...]

    @property
    def beside(self) -> tuple[Window, list[float], int]:
        """The strongest measure's window, or the whole span: the minutes of others in it, and the customer's own."""
        window = self.found[0].window if self.found else self.span
        within = [one for one in self.customer.tallies if window.holds(one.day)]
        own = peer_of(within, self.customer.ref, open_in(self.customer.matters, window))
        return window, self.fields(window).others(own, self.terms).minutes, own.minutes


def measured(person: Person) -> Measured:
    """Measures one customer over the year, beside those everybody was last compared with."""
    terms, fields = demand_terms(), fields_kept.remembered()
    span = suggesting.kept_span() or suggesting.year_to(now().day, terms)
    customer = evidence.of(person, span, terms)
    return Measured(person, span, terms, customer, fields, tuple(measures(customer, span, fields, terms)))


def not_shown(found: tuple[Measure, ...]) -> list[str]:
    """The kinds of which nothing shows, in the policy's order."""
    return [in_words(kind) for kind in KINDS if kind not in {one.kind for one in found}]


def _told(one: Measure) -> dict[str, Any]:
    """One kind in sentences: what was ours first."""
    return {
        "kind": in_words(one.kind),
        "strength": one.in_a_word.value,
        "fair": sentence.fair_reading(one),
        "shown": sentence.shown(one),
        "beside": sentence.beside_others(one),
        "left_out": sentence.left_out(one),
        "cautions": sentence.cautions(one),
    }


def opened(request: HttpRequest, signed: str) -> tuple[User, Person]:
    """Who looks, at whom; logged. 404 for a colleague who is them, or lives with them."""
    viewer = request.user
    assert isinstance(viewer, User)
    person = may_open(signed, viewer)
    looked(viewer, LookKind.PERSON, f"{person.source}:{person.ref}", person, LOOKED_FOR)
    return viewer, person


@for_roles(CASEWORKERS)
def how_often(request: HttpRequest, signed: str) -> HttpResponse:
    """The page: what was ours first, then the seven kinds, what was left out, others, and the list behind it all."""
    viewer, person = opened(request, signed)
    made, here = measured(person), way.PEOPLE.sign(str(person.pk))
    log = history.of(person, made.span)
    listed = demand_list.rows(log, made.terms)
    window, others, own = made.beside
    context = {
        "title": "How often",
        "person": person,
        "signed": here,
        "back": way.to_person(person),
        "span": f"{day(made.span.first)} to {day(made.span.last)}",
        "kinds": [_told(one) for one in made.found],
        "others": not_shown(made.found),
        "found": made.found,
        "summary": demand_list.summary(listed),
        "reasons": demand_list.reasons(listed),
        "chart": demand_chart.timeline(log, demand_list.left_out(log, made.terms)),
        "beside": demand_chart.distribution(others, own) if others else [],
        "beside_caption": f"Minutes that count, {day(window.first)} to {day(window.last)}",
        "columns": demand_list.COLUMNS,
        "rows": [one.cells for one in reversed(listed)][: demand_list.SHOWN],
        "more": max(len(listed) - demand_list.SHOWN, 0),
        "answers": Answered.objects.filter(person=person).select_related("by"),
        "objections": Objected.objects.filter(person=person),
        "decides": viewer.actor.has(*DECIDERS),
        "version": VERSION,
    }
    return render(request, "demand/how_often.html", context)


@for_roles(CASEWORKERS)
def listed(request: HttpRequest, signed: str) -> HttpResponse:
    """Every contact behind the figures, with whether it counts and why not, as CSV."""
    _, person = opened(request, signed)
    made = measured(person)
    rows = demand_list.as_csv(demand_list.rows(history.of(person, made.span), made.terms))
    return HttpResponse(
        rows,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="how-often-{person.ref}.csv"'},
    )


@for_roles(CASEWORKERS)
def statement(request: HttpRequest, signed: str) -> HttpResponse:
    """The page for the customer, as PDF."""
    viewer, person = opened(request, signed)
    try:
        made = evidence_statement.pdf(person, measured(person).found, viewer, now())
    except NoLandlord as nobody:
        return render(request, "demand/no_statement.html", {"title": "No statement yet", "words": str(nobody)})
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="how-often-{person.ref}.pdf"'},
    )


def to_how_often(person: Person) -> str:
    """The address of a customer's page."""
    return reverse("demand.person", args=[way.PEOPLE.sign(str(person.pk))])


urlpatterns = [
    path("people/<str:signed>/how-often", how_often, name="demand.person"),
    path("people/<str:signed>/how-often.csv", listed, name="demand.list"),
    path("people/<str:signed>/how-often.pdf", statement, name="demand.statement"),
]
