"""C2: one customer's contacts one by one, as `policy/demand` reads them: the list behind every number."""

from zoneinfo import ZoneInfo

from django.conf import settings

from evenhand.contacts.evidence import MATTER_COLUMNS, matter_of, moments, needs_during
from evenhand.contacts.models import Contact as ContactRow
from evenhand.contacts.models import Matter as MatterRow
from evenhand.contacts.models.contact import Direction
from evenhand.people import reading
from evenhand.people.models import Person
from evenhand.policy.demand.log import Contact, History
from evenhand.policy.demand.window import Window
from evenhand.policy.need import Need


def of(person: Person, span: Window) -> History:
    """A customer's contacts in a span, in order, with every matter of theirs or spoken of in them."""
    ids = reading.identities(person)
    since, until = moments(span)
    rows = list(ContactRow.objects.filter(person__in=ids, at__gte=since, at__lt=until).order_by("at", "id"))
    theirs = MatterRow.objects.filter(person__in=ids)
    others = MatterRow.objects.filter(pk__in={row.matter_id for row in rows if row.matter_id})
    told = [*theirs.values_list(*MATTER_COLUMNS), *others.values_list(*MATTER_COLUMNS)]
    matters = {row[0]: matter_of(row, theirs=row[1] in ids) for row in told}
    return History(
        contacts=tuple(contact_of(row) for row in rows),
        matters={str(pk): matter for pk, matter in matters.items()},
        needs=frozenset(Need(need.kind) for need in needs_during(ids, span)),
    )


def contact_of(row: ContactRow) -> Contact:
    """A contact as the measure knows it, named by the key of its row."""
    return Contact(
        ref=str(row.pk),
        at=row.at,
        day=row.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
        minutes=row.minutes or 0,
        channel=row.channel,
        inward=row.direction == Direction.IN,
        team=row.team,
        matter=str(row.matter_id) if row.matter_id else "",
        exempt=row.exempt_kind,
        caller=row.caller,
        asked_for_senior=row.asked_for_senior,
        offered_colleague=row.offered_colleague,
        specific=row.specific,
        new_information=row.new_information,
        because_of_need=row.because_of_need,
        timed=row.minutes is not None,
    )
