"""C2: what everybody's contacts do not say, so that what cannot be measured is not taken for what did not happen."""

from django.db.models import Count, Q

from evenhand.contacts.evidence import moments
from evenhand.contacts.models import Contact
from evenhand.contacts.models.contact import Direction
from evenhand.policy.demand.untold import RESTS_ON, Mark, seldom
from evenhand.policy.demand.window import Window

_SAID = {
    Mark.SENIOR: Q(asked_for_senior__isnull=False),
    Mark.SPECIFIC: Q(specific__isnull=False),
    Mark.CHANNEL: ~Q(channel=""),
    Mark.MINUTES: Q(minutes__isnull=False),
}


def of_everybody(span: Window) -> list[Mark]:
    """The marks that more than one in ten of all contacts to the landlord lack. One look over them."""
    since, until = moments(span)
    theirs = Contact.objects.filter(direction=Direction.IN, at__gte=since, at__lt=until)
    told = theirs.aggregate(number=Count("pk"), **{mark.name: Count("pk", filter=said) for mark, said in _SAID.items()})
    return [mark for mark in Mark if seldom(told["number"] - told[mark.name], told["number"])]


def cannot_be_measured(mark: Mark) -> str:
    """What somebody who measures everybody is told of it."""
    words = f"Our records do not show {mark.words('customers')}"
    kind = next((kind for kind, rests_on in RESTS_ON.items() if rests_on is mark), None)
    if kind is None:
        return f"{words}. A customer of whom they do not show it cannot be on this list."
    return f"{words}, so this cannot be measured: {kind.value}."
