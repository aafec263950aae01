"""Who may change anything about webhooks, and the trail of who did."""

from datetime import datetime

from evenhand.people import changes
from evenhand.people.models import Change, User
from evenhand.people.models.change import ChangeKind
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import Role
from evenhand.sharing.models import Endpoint


def only_administrators(by: User) -> None:
    """Raises `NotDone` for everyone else."""
    if not by.actor.has(Role.ADMINISTRATOR):
        raise NotDone("Only an administrator may do this with webhooks. Ask one.")


def note(by: User | None, at: datetime, endpoint: Endpoint, words: str) -> None:
    """One line in the trail of how Evenhand is set up; nobody in `by` where the receiver itself did it."""
    changes.note(by, at, ChangeKind.WEBHOOK, f"Webhook {endpoint.pk}: {endpoint.name}", words)


def of(endpoint: Endpoint, most: int = 50) -> list[Change]:
    """The latest of what was done with a receiver, whatever it was called then."""
    rows = Change.objects.filter(kind=ChangeKind.WEBHOOK, about__startswith=f"Webhook {endpoint.pk}: ")
    return list(rows.select_related("by")[:most])
