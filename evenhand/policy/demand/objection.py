"""C2, rule 3: a customer objects to how often they were counted, and is answered by a day that was fixed when they did.

The clock is that of a complaint's first answer, ten working days: it is the nearest promise there is. The law on
personal data gives a month at most, so no landlord's own number reaches further.
"""

from datetime import date

from evenhand.policy.terms import Terms, months_after


def answer_by(received_on: date, terms: Terms) -> date:
    """The last day on which an answer is in time."""
    return min(terms.working_days_after(received_on, terms.objection_answer_days), months_after(received_on, 1))
