"""D1: just before an approved letter goes it is asked again whether what it tells is still so; if not, it stays."""

from django.db import transaction

from evenhand.cases import models, record
from evenhand.cases.circumstances import Moment
from evenhand.cases.log import case_of
from evenhand.policy import correspondence, overtaken
from evenhand.policy.staff import SYSTEM
from evenhand.policy.standing.correspondence import Post


@transaction.atomic
def if_overtaken(letter: models.Letter, moment: Moment) -> str:
    """Sets an approved letter aside if something has overtaken it since, and records why in the case.

    Out: why, in words that a person is shown; empty if the letter may go. The case is locked meanwhile, so that
    nothing overtakes it between the question and the answer.
    """
    row, past = record.locked(letter.case.reference)
    case = case_of(past)
    found = case.correspondence.get(letter.letter)
    if found is None or found.post is not Post.ISSUED:
        return ""
    if why := overtaken.why(case, found, moment.day):
        ask = record.Ask(SYSTEM, moment)
        record.act_on(row.reference, ask, correspondence.set_aside, letter.letter, reason=why)
    return why
