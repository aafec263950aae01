"""C2: what is said of a kind of demand that does not show: its figure all the same, and what it falls short of."""

from collections.abc import Collection

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand import sentence
from evenhand.policy.demand.figure import Why
from evenhand.policy.demand.short import Short
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.untold import RESTS_ON, Mark
from evenhand.policy.demand.window import Window

_NONE = {
    Conduct.REPEATED_CONTACT: "They did not contact us again and again about one thing that was not due yet.",
    Conduct.EXCESSIVE_EMAILS: "They sent no emails or other written messages that count.",
    Conduct.IMMEDIATE_RESPONSES: "No contacts that count came close together about something that was not due yet.",
    Conduct.SENIOR_ONLY: "They did not ask for someone more senior in any contact that counts.",
    Conduct.NOT_SPECIFIC: "No contact that counts is noted as not saying what it was about.",
    Conduct.SETTLED_ISSUES: "They did not come back again and again to something that was closed and done.",
    Conduct.EXHAUSTED_COMPLAINT: "They did not come back to a complaint that had been through our whole procedure.",
}
NEED = "They need to write to us, so what they write is not measured."


def said(one: Short, span: Window, terms: DemandTerms, untold: Collection[Mark]) -> str:
    """The whole of it, in one paragraph. In: the days of the span that have been, and what the log does not show."""
    mark = RESTS_ON.get(one.kind)
    if mark is not None and mark in untold:
        return cannot_measure(mark)
    if one.why is Why.NEED:
        return NEED
    if one.why is Why.NONE:
        return f"{_NONE[one.kind]} We look at {_from(one, terms)}."
    told = (
        f"{sentence.what_of(one.kind, one.figure, 'they')}. That was from {sentence.days_of(one.window.within(span))}."
    )
    if one.why is not Why.FEWER and Mark.MINUTES in untold:
        return f"{told} {cannot_measure(Mark.MINUTES)}"
    return f"{told} {_falls_short(one, terms)}"


def cannot_measure(mark: Mark) -> str:
    """ "Our records do not show whether they asked for someone more senior, so this cannot be measured."."""
    return f"Our records do not show {mark.words('they')}, so this cannot be measured."


def _falls_short(one: Short, terms: DemandTerms) -> str:
    if one.why is Why.SHARE:
        return f"We look at it when it is {terms.demand_share} in 100 of the contacts that count, or more."
    if one.why is Why.DAYS:
        return f"We look at it when it happens on {terms.demand_burst_days} days or more."
    if one.why is Why.TIME and one.comparison:
        took = f"The contacts that count took {sentence.duration(one.minutes)} of our colleagues’ time."
        more = f"We look at {sentence.duration(terms.demand_minutes)} more than that."
        return f"{took} {sentence.usually(one.comparison)} {more}"
    if one.why is Why.USUAL:
        return f"Others with as much open often do the same, so here we look at {_from(one, terms)}."
    return f"We look at {_from(one, terms)}."


def _from(one: Short, terms: DemandTerms) -> str:
    on_days = f", on {terms.demand_burst_days} days or more" if one.kind is Conduct.IMMEDIATE_RESPONSES else ""
    return f"{one.least} and more{on_days}"
