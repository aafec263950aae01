"""What an answer tells of, as the ledger keeps it (rule 14)."""

from evenhand.people.models import Home, Person
from evenhand.policy.held import Held, HeldContact, HeldInstruction, HeldLimit, HeldMarker
from evenhand.sharing.ledger import Told
from evenhand.sharing.models.change import ControlKind

KINDS: dict[type, ControlKind] = {
    HeldLimit: ControlKind.LIMIT,
    HeldContact: ControlKind.SINGLE_CONTACT,
    HeldMarker: ControlKind.MARKER,
    HeldInstruction: ControlKind.INSTRUCTION,
}


def told(held: Held, person: Person | None = None, home: Home | None = None) -> tuple[Told, ...]:
    """Every control that an answer from `held` tells of. In: whom, or which home, it was about."""
    return tuple(
        Told(each.case, each.id, KINDS[type(each)], person.pk if person else None, home.pk if home else None)
        for each in held.told
    )
