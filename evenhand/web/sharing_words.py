"""What is told of, to whom and how, in words."""

from evenhand.sharing.models.change import ChangeKind, ControlKind
from evenhand.sharing.models.disclosure import ConfirmedHow, How, RecipientKind
from evenhand.sharing.models.webhook import DeliveryState

CONTROLS: dict[str, str] = {
    ControlKind.MARKER: "Marker",
    ControlKind.LIMIT: "Limit on contact",
    ControlKind.SINGLE_CONTACT: "Single contact",
    ControlKind.INSTRUCTION: "Safety instruction on a home",
}
EACH: dict[str, str] = {
    ControlKind.MARKER: "Markers",
    ControlKind.LIMIT: "Limits on contact",
    ControlKind.SINGLE_CONTACT: "Single contacts",
    ControlKind.INSTRUCTION: "Safety instructions on homes",
}
CHANGES: dict[str, str] = {
    ChangeKind.STARTED: "started",
    ChangeKind.CHANGED: "changed",
    ChangeKind.OVERDUE: "not reviewed in time",
    ChangeKind.ENDED: "ended",
    ChangeKind.WITHDRAWN: "withdrawn",
}
RECIPIENTS: dict[str, str] = {
    RecipientKind.COLLEAGUE: "A colleague",
    RecipientKind.SYSTEM: "A system with a key",
    RecipientKind.RECEIVER: "A system by webhook",
    RecipientKind.CONTRACTOR: "A contractor",
    RecipientKind.VISITOR: "Somebody booked to visit",
}
HOWS: dict[str, str] = {how.value: how.value[0].upper() + how.value[1:] for how in How}
CONFIRMED: dict[str, str] = {how.value: how.value[0].upper() + how.value[1:] for how in ConfirmedHow}
STATES: dict[str, tuple[str, str]] = {
    DeliveryState.WAITING: ("Waits", "due"),
    DeliveryState.ARRIVED: ("Arrived", "good"),
    DeliveryState.NEEDLESS: ("Not needed", ""),
    DeliveryState.DEAD: ("Never arrived", "danger"),
}
"""Each state in words, and its kind of badge."""


def news(kind: str, what: str) -> str:
    """ "Marker withdrawn", "Limit on contact changed"."""
    return f"{CONTROLS[kind]} {CHANGES[what]}"
