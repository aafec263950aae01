"""Who looked at what: written when a page of a case, a person, a letter or a file is shown."""

from evenhand.doors.clock import now
from evenhand.people.models import Look, Person, User
from evenhand.people.models.look import LookKind


def looked(user: User, kind: LookKind, reference: str, person: Person | None = None, purpose: str = "") -> None:
    """Adds one line to the log of looks; it is never changed and has its own retention."""
    Look.objects.create(
        at=now().at, by=user, actor=user.actor_id, kind=kind, reference=reference, person=person, purpose=purpose
    )
