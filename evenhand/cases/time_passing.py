"""E1, E2, M2, D1: what time alone brought about, recorded and told. Found by indexed days, never by reading cases."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from evenhand.cases import models, one_by_one, sending
from evenhand.cases.circumstances import Moment
from evenhand.cases.one_by_one import Act, act
from evenhand.cases.summary import EXPECTED
from evenhand.policy import expectation, limit_review, marker, single_contact

LAPSE = {"limit": expectation.lapse, EXPECTED: expectation.lapse, "single_contact": single_contact.lapse}
APOLOGY_AFTER = timedelta(days=marker.APOLOGY_DAYS)
"""No apology is due sooner: twenty working days are more days than twenty."""


def record_what_is_over(moment: Moment) -> list[str]:
    """Out: the references of the cases in which an end was recorded or a review told of."""
    return one_by_one.do(list(_over(moment)), moment)


def doubt_letters(moment: Moment) -> list[str]:
    """Shows a person every letter claimed and never heard of again, or tried for a day without reaching anyone.

    Out: the letters' references.
    """
    ids = [*sending.doubt_old_claims(moment.at), *sending.give_up(moment.at)]
    found = models.Letter.objects.filter(pk__in=ids).select_related("case").order_by("pk")

    def doubted(letter: models.Letter) -> str:
        words = (
            "Sending was begun and never finished." if letter.claimed_at else "No mail server was reached for a day."
        )
        sending.doubt(letter, moment, f"{words} {letter.trouble}".strip())
        return letter.reference

    return one_by_one.each(found, doubted)


def _over(moment: Moment) -> Iterator[Act]:
    ended = models.LiveControl.objects.filter(kind__in=LAPSE, ends_on__lt=moment.day).select_related("case")
    for control in ended.order_by("ends_on", "pk"):
        yield act(control.case.reference, LAPSE[control.kind], control.control)
    coming = models.LiveControl.objects.filter(kind__in=LAPSE, notify_on__lte=moment.day, ends_on__gte=moment.day)
    for control in coming.select_related("case").order_by("review_on", "pk"):
        yield act(control.case.reference, limit_review.notify, control.control)
    to_tell = Q(notify_on__lte=moment.day) | Q(review_on__lt=moment.day - APOLOGY_AFTER)
    markers = models.LiveControl.objects.filter(to_tell, kind="marker", provisional=False).select_related("case")
    for control in markers.order_by("review_on", "pk"):
        yield act(control.case.reference, marker.notify_review, control.control)
