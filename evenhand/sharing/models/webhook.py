"""Where other systems are told by themselves, and each message that waits, went, or never arrived."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.people.models.choices import choices, only, word
from evenhand.sharing.models.change import Change, ControlKind
from evenhand.sharing.models.key import Audience, Key


class Endpoint(models.Model):
    """One address of one other system. Kept for ever, since the ledger names it; switching off ends the telling.

    Its secret is not kept: it is made from Evenhand's own key and `salt` (sharing/signing.py). While one is changed,
    `old_salt` signs too, until `old_until`. `resting_until` keeps a receiver that does not answer from being asked for
    every message in turn; `failures` counts since it last answered. `sending_until`
    says that a worker is at it. By `key` its system confirms what it let go.
    """

    name = models.CharField(max_length=120)
    url = models.URLField(max_length=500)
    owner = models.CharField(max_length=200)
    why = models.CharField(max_length=200)
    audience = word(Audience)
    kinds = ArrayField(models.CharField(max_length=20, choices=choices(ControlKind)))
    key = models.ForeignKey(Key, null=True, blank=True, on_delete=models.PROTECT, related_name="receivers")
    salt = models.BinaryField(max_length=32)
    old_salt = models.BinaryField(max_length=32, null=True)
    old_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    off_at = models.DateTimeField(null=True)
    off_why = models.CharField(max_length=200, blank=True)
    resting_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    sending_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            only(Audience, "audience", "endpoint_audience_known"),
            models.CheckConstraint(
                condition=models.Q(kinds__contained_by=[kind.value for kind in ControlKind]),
                name="endpoint_kinds_known",
            ),
        ]

    @property
    def is_on(self) -> bool:
        return self.off_at is None

    @property
    def for_contractor(self) -> bool:
        return self.audience == Audience.CONTRACTOR

    def __str__(self) -> str:
        return self.name


class DeliveryState(StrEnum):
    """How far a message came. `NEEDLESS`: what it would tell was over, or not for them, before they heard of it."""

    WAITING = "waiting"
    ARRIVED = "arrived"
    NEEDLESS = "not needed"
    DEAD = "never arrived"


class Delivery(models.Model):
    """One message for one receiver. What it says is made when it is sent: nothing of it is kept here.

    `message` is the same each time it is sent. Messages of one `lane` go in their order, one at a time. A message with
    no change is one that somebody sent to try the receiver. `claimed_at` says that a worker is sending it.
    """

    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    change = models.ForeignKey(Change, null=True, on_delete=models.PROTECT, related_name="deliveries")
    message = models.CharField(max_length=40, unique=True)
    lane = models.CharField(max_length=40)
    at = models.DateTimeField()
    state = word(DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            only(DeliveryState, "state", "delivery_state_known"),
            models.UniqueConstraint(
                fields=["endpoint", "change"], condition=models.Q(change__isnull=False), name="delivered_once_a_change"
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "lane", "change", "id"],
                name="delivery_in_lane",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["endpoint", "next_at"], name="delivery_due", condition=models.Q(state="waiting")),
            models.Index(fields=["-id"], name="delivery_dead", condition=models.Q(state="never arrived")),
            models.Index(fields=["endpoint", "-id"], name="delivery_newest"),
        ]

    def __str__(self) -> str:
        return self.message
