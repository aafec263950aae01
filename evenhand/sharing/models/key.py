"""Keys for other systems: who may ask and write by machine, how much, and what was asked so far."""

from datetime import date
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.people.models.choices import choices, only, word

ACTOR = "key:"
"""Before the number of a key, where the log of looks says who asked."""


class Scope(StrEnum):
    """What a key may do. Each call needs one of them."""

    CHECK = "check"
    CONTACTS_WRITE = "contacts:write"
    REGISTER_WRITE = "register:write"
    MARKERS_READ = "markers:read"


class Audience(StrEnum):
    """For whom the system asks: decides how much of the reasons an answer gives."""

    COLLEAGUES = "colleague systems"
    CONTRACTOR = "contractor"


class Key(models.Model):
    """One system's right to call. Kept for ever, since looks and disclosures name it; revoking ends the right.

    `owner` is who answers for the system; `calls_a_minute` and `people_a_day` are how much it may ask.
    """

    name = models.CharField(max_length=120)
    owner = models.CharField(max_length=200)
    audience = word(Audience)
    scopes = ArrayField(models.CharField(max_length=20, choices=choices(Scope)))
    calls_a_minute = models.PositiveIntegerField()
    people_a_day = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            only(Audience, "audience", "key_audience_known"),
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=[scope.value for scope in Scope]), name="key_scopes_known"
            ),
        ]

    @property
    def actor_id(self) -> str:
        """Who the key is in the log of looks."""
        return f"{ACTOR}{self.pk}"

    def works_on(self, day: date) -> bool:
        """Whether the key opens anything on a day."""
        return self.revoked_at is None and (self.expires_on is None or day <= self.expires_on)

    def __str__(self) -> str:
        return self.name


class KeySecret(models.Model):
    """One secret of a key, as its SHA-256: 256 random bits need no slower hash. Two hold while one is changed.

    `ending` are its last characters, by which people tell two apart. None in `valid_until` is no end.
    """

    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="secrets")
    digest = models.BinaryField(max_length=32, unique=True)
    ending = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"…{self.ending}"


class KeyMinute(models.Model):
    """How often a key called in one minute, and about how many people it had asked that day when the minute began.

    Counts for a limit, not a record: kept in a table that is not logged, and empty after a crash.
    """

    pk = models.CompositePrimaryKey("key_id", "minute")
    key_id = models.BigIntegerField()
    minute = models.DateTimeField()
    calls = models.PositiveIntegerField()
    people = models.PositiveIntegerField()


class KeyPerson(models.Model):
    """A person, or (negative) a home, that a key asked about on a day, once. Not logged either: the looks are."""

    pk = models.CompositePrimaryKey("key_id", "day", "person_id")
    key_id = models.BigIntegerField()
    day = models.DateField()
    person_id = models.BigIntegerField()


class KeptAnswer(models.Model):
    """What a write was answered, so that a repeat of it is answered the same and writes nothing.

    `digest` is of the call's address and body: another write under the same idempotency key is refused.
    """

    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="+")
    idempotency_key = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "idempotency_key"], name="kept_answer_once")]
        indexes = [models.Index(fields=["at"], name="kept_answer_by_age")]
