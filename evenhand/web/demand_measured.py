"""C2: one customer, measured when somebody asks: of the contacts there are, beside those last compared with."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from evenhand.contacts import evidence, fields_kept, history, suggesting
from evenhand.contacts.terms import demand_terms
from evenhand.people.models import Person
from evenhand.policy.conduct import Conduct
from evenhand.policy.demand import sentence, short_sentence
from evenhand.policy.demand.behind import Part, parts
from evenhand.policy.demand.log import Contact, History
from evenhand.policy.demand.measure import Customer, Fields, Measure, measures, open_in, peer_of
from evenhand.policy.demand.short import short_of
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.untold import Mark, untold
from evenhand.policy.demand.window import Window
from evenhand.policy.demand.year import Year, year_of


@dataclass(frozen=True)
class Measured:
    """One customer over a span, with every measure that showed, strongest first; `day` is when somebody asked.

    `shows` has each in the whole weeks or months it was compared over, `found` in the days of them that have been.
    """

    person: Person
    day: date
    span: Window
    terms: DemandTerms
    customer: Customer
    fields: Fields
    shows: tuple[Measure, ...]

    @cached_property
    def log(self) -> History:
        return history.of(self.person, self.span)

    @cached_property
    def days(self) -> Window:
        """The span as it is told: without the days to come."""
        return self.span.up_to(self.day)

    @cached_property
    def found(self) -> tuple[Measure, ...]:
        return sentence.told_within(self.shows, self.days)

    @cached_property
    def year(self) -> Year:
        """All of their contacts over those days, counted or not, and what the log does not show of them."""
        return year_of(self.log, self.days, self.customer.unknown, self.terms)

    @cached_property
    def untold(self) -> frozenset[Mark]:
        return untold(self.log.contacts)

    @property
    def short(self) -> list[tuple[Conduct, str]]:
        """Each kind that does not show, with its figure in a sentence."""
        shown = frozenset(one.kind for one in self.shows)
        found = short_of(self.customer, self.span, self.fields, self.terms, shown)
        return [(one.kind, short_sentence.said(one, self.days, self.terms, self.untold)) for one in found]

    @property
    def beside(self) -> tuple[Window, list[float], int]:
        """The strongest measure's window, or the whole span: the minutes of others in it, and the customer's own."""
        window = self.shows[0].window if self.shows else self.span
        within = [one for one in self.customer.tallies if window.holds(one.day)]
        own = peer_of(within, self.customer.ref, open_in(self.customer.matters, window))
        return window.within(self.days), self.fields(window).others(own, self.terms).minutes, own.minutes

    def behind(self, one: Measure) -> list[Contact]:
        """The contacts that make the figure of one of the measures, in order."""
        (listed,) = parts(self.log, [one], self.terms)
        return [contact for contact in self.log.contacts if listed.get(contact.ref) is Part.FIGURE]


def measured(person: Person, day: date) -> Measured:
    """Measures one customer over the year, beside those everybody was last compared with."""
    terms, fields = demand_terms(), fields_kept.remembered()
    span = suggesting.kept_span() or suggesting.year_to(day, terms)
    customer = evidence.of(person, span, terms)
    return Measured(person, day, span, terms, customer, fields, tuple(measures(customer, span, fields, terms)))
