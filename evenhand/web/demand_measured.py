"""C2: one customer, measured when somebody asks: of the contacts there are, beside those last compared with."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from evenhand.contacts import evidence, fields_kept, history, suggesting
from evenhand.contacts.terms import demand_terms
from evenhand.people.models import Person
from evenhand.policy.demand import sentence
from evenhand.policy.demand.behind import Part, parts
from evenhand.policy.demand.log import Contact, History
from evenhand.policy.demand.measure import Customer, Fields, Measure, measures, open_in, peer_of
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window


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
