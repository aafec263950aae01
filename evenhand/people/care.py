"""What is recorded of a person by colleagues: needs, how letters reach them, what is unsafe, who speaks for them.

A person may have several records that were joined. What is recorded goes to the record that stands for them; what is
ended is ended on whichever record it is.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from evenhand.people import mailbox, telephone
from evenhand.people.known import lock
from evenhand.people.models import Need, Person, Representative, User
from evenhand.people.reading import identities
from evenhand.people.refusal import NotDone
from evenhand.people.text import name_to_search, tidy
from evenhand.policy.need import Channel, LetterFormat
from evenhand.policy.need import Need as NeedKind


@transaction.atomic
def add_need(person: Person, kind: NeedKind, detail: str, by: User, day: date) -> Need:
    """Rule 11: something they need of us. Said again by a colleague, the detail is what was said last."""
    lock(person)
    need, is_new = Need.objects.get_or_create(
        person=person,
        kind=kind.value,
        source="",
        ended_on=None,
        defaults={"detail": detail, "recorded_on": day, "recorded_by": by},
    )
    if not is_new and detail and need.detail != detail:
        need.detail = detail
        need.save(update_fields=["detail"])
    return need


@transaction.atomic
def end_need(person: Person, need_id: int, day: date) -> Need:
    """It no longer holds. Raises `NotDone` for one that a register brought: the next import would bring it again."""
    ids = lock(person)
    need = Need.objects.filter(pk=need_id, person__in=ids, ended_on=None).first()
    if need is None:
        raise NotDone("That need was already ended.")
    if need.source:
        raise NotDone(f"That need comes from {need.source}. Change it there, and the next import ends it here.")
    need.ended_on = day
    need.save(update_fields=["ended_on"])
    return need


@transaction.atomic
def reach(person: Person, wanted: LetterFormat | None, unsafe: Iterable[Channel], note: str) -> None:
    """How letters are made for them, and by which ways they must not be contacted, with why. Raises `NotDone`."""
    channels = list(unsafe)
    if set(channels) == set(Channel):
        raise NotDone("At least one way to reach them must be safe. Leave the safest one out, and say why below.")
    if channels and not note:
        raise NotDone("Say why those ways are not safe, so that nobody uses them by mistake.")
    kept = [channel.value for channel in Channel if channel in channels]
    # A record that was joined to this one may not contradict it; what it agrees on stays, should they be parted again.
    for other in Person.objects.filter(pk__in=lock(person)).exclude(pk=person.pk):
        if wanted is None or other.letter_format != wanted.value:
            other.letter_format = ""
        other.unsafe_channels = [channel for channel in other.unsafe_channels if channel in kept]
        other.save(update_fields=["letter_format", "unsafe_channels"])
    person.letter_format = wanted.value if wanted else ""
    person.unsafe_channels = kept
    person.unsafe_note = note
    person.save(update_fields=["letter_format", "unsafe_channels", "unsafe_note"])


def speaks_for(person: Person, day: date, **facts: Any) -> Representative:
    """Someone who speaks for them, by what right, and whether it is safe to tell them (rule 10)."""
    return Representative.objects.create(person=person, recorded_on=day, **facts)


@transaction.atomic
def no_longer_speaks(person: Person, representative_id: int, day: date) -> Representative:
    """From this day on they are not told and not asked."""
    found = Representative.objects.filter(pk=representative_id, person__in=identities(person), ended_on=None).first()
    if found is None:
        raise NotDone("That was already ended.")
    found.ended_on = day
    found.save(update_fields=["ended_on"])
    return found


@transaction.atomic
def born_on(person: Person, born: date, today: date) -> None:
    """The date of birth they told us: on every record that has none, and on the one that stands for them."""
    if born >= today:
        raise NotDone("A date of birth lies in the past. Check the year.")
    if today.year - born.year > 120:
        raise NotDone("That would be more than 120 years ago. Check the year.")
    ids = lock(person)
    Person.objects.filter(pk__in=ids, date_of_birth=None).update(date_of_birth=born)
    Person.objects.filter(pk=person.pk).update(date_of_birth=born)


@transaction.atomic
def died(person: Person, on: date, today: date) -> None:
    """Rule 10: they died. What follows in their cases is for the floors above. Raises `NotDone`."""
    if on > today:
        raise NotDone("That day has not come yet. Check the date.")
    ids = lock(person)
    known = Person.objects.filter(pk__in=ids)
    if known.filter(died_on__isnull=False).exists():
        raise NotDone("The death is already recorded.")
    born = [each for each in known.values_list("date_of_birth", flat=True) if each]
    if born and on < min(born):
        raise NotDone("That is before they were born. Check the date.")
    known.update(died_on=on)


@transaction.atomic
def details(person: Person, *, forename: str, surname: str, description: str, phone: str, email: str) -> None:
    """Rule 20: what is known of someone who is in no register. Raises `NotDone` for anyone else."""
    if not person.is_local:
        raise NotDone("Their details come from the housing system. Change them there.")
    forename, surname, description = tidy(forename), tidy(surname), tidy(description)
    if not (forename or surname or description):
        raise NotDone("Give a name, or a few words that tell this person apart from others.")
    lock(person)
    old = f"{person.forename} {person.surname}".strip()
    new = f"{forename} {surname}".strip()
    if old and old != new and old not in person.former_names:
        person.former_names = [*person.former_names, old]
    person.forename, person.surname, person.description = forename, surname, description
    person.phone, person.phones = tidy(phone), telephone.all_in(phone)
    person.email, person.emails = tidy(email), mailbox.all_in(email)
    also = [*person.former_names, *([description] if description else [])]
    person.search_name = name_to_search(forename, surname, also)
    changed = "forename surname former_names description phone phones email emails search_name"
    person.save(update_fields=changed.split())
