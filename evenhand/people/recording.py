"""What colleagues record of a person, besides the register: it stays when the register is brought in again."""

from collections.abc import Iterable
from datetime import date

from evenhand.people.models import Need, Person, Representative, User
from evenhand.people.models.person import RepresentativeKind
from evenhand.people.refusal import NotDone
from evenhand.people.text import tidy
from evenhand.policy.need import Channel, LetterFormat
from evenhand.policy.need import Need as NeedKind


def need(person: Person, kind: NeedKind, *, by: User, day: date, detail: str = "") -> Need:
    """Records a need from a day on. Said again while it holds, the detail is made new and nothing is doubled."""
    recorded, is_new = Need.objects.get_or_create(
        person=person,
        kind=kind,
        source="",
        ended_on=None,
        defaults={"recorded_on": day, "recorded_by": by, "detail": tidy(detail)},
    )
    if detail and not is_new:
        recorded.detail = tidy(detail)
        recorded.save(update_fields=["detail"])
    return recorded


def need_ended(recorded: Need, day: date) -> Need:
    """A need no longer holds from a day on. Raises `NotDone` for one the register says, which only it can end."""
    if recorded.source:
        raise NotDone("This need comes from your housing system. Change it there, and it ends with the next import.")
    if recorded.ended_on is None:
        recorded.ended_on = day
        recorded.save(update_fields=["ended_on"])
    return recorded


def death(person: Person, died_on: date | None, *, day: date) -> Person:
    """Records the day somebody died, or with None that it was a mistake. Letters stop and controls end (rule 10)."""
    if died_on is not None and died_on > day:
        raise NotDone("The day cannot be in the future.")
    person.died_on = died_on
    person.save(update_fields=["died_on"])
    return person


def unsafe(person: Person, channels: Iterable[Channel], note: str) -> Person:
    """Says which channels put a person in danger, all of them anew: none of these is ever used.

    Raises `NotDone` if nothing would be left to reach them by, or if it is not said why.
    """
    marked = [channel for channel in Channel if channel in set(channels)]
    if len(marked) == len(Channel):
        raise NotDone("Leave one way to reach them. Ask them, or who helps them, which one is safe.")
    if marked and not note.strip():
        raise NotDone("Say why, for whoever writes to them next: “post is opened by someone else”.")
    person.unsafe_channels, person.unsafe_note = [channel.value for channel in marked], note.strip() if marked else ""
    person.save(update_fields=["unsafe_channels", "unsafe_note"])
    return person


def letter_format(person: Person, form: LetterFormat | None) -> Person:
    """Records the format of letter somebody asked for; None goes back to what their needs suggest."""
    person.letter_format = form.value if form else ""
    person.save(update_fields=["letter_format"])
    return person


def representative(
    person: Person, name: str, kind: RepresentativeKind, *, day: date, contact: str, authority: str, safe: bool
) -> Representative:
    """Records who speaks for a person, by what authority, and whether telling them puts nobody in danger.

    Raises `NotDone` for an attorney or guardian without the paper that makes them one.
    """
    if not tidy(name):
        raise NotDone("Give their name.")
    if kind in (RepresentativeKind.ATTORNEY, RepresentativeKind.GUARDIAN) and not authority.strip():
        raise NotDone("Say what gives them the right, such as a registered power of attorney and its date.")
    return Representative.objects.create(
        person=person,
        name=tidy(name),
        kind=kind,
        contact=contact.strip(),
        authority=authority.strip(),
        safe=safe,
        recorded_on=day,
    )


def representative_ended(recorded: Representative, day: date) -> Representative:
    """They no longer speak for the person after a day."""
    if recorded.ended_on is None:
        recorded.ended_on = day
        recorded.save(update_fields=["ended_on"])
    return recorded
