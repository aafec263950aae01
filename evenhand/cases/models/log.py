"""The log: events that are only ever added, their facts beside them, and the single-use tokens of forms."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from evenhand.people.models import Home, Person
from evenhand.people.models.choices import only, word
from evenhand.policy.events.handling import Matter


class Case(models.Model):
    """One row a case: its random reference, and a summary that is rebuilt from its events in the same transaction.

    Nothing here is the truth of a case; `evenhand rebuild` makes every column but the first four again.
    """

    reference = models.CharField(max_length=16, unique=True)
    matter = word(Matter, default=Matter.CONDUCT)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=60)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    home = models.ForeignKey(Home, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=16, blank=True)
    last_number = models.PositiveIntegerField(default=0)
    last_by_person = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=60, blank=True)
    untriaged = models.BooleanField(default=True)
    closed = models.BooleanField(default=False)
    decided = models.BooleanField(default=False)
    serious = models.BooleanField(default=False)
    appeal_open = models.BooleanField(default=False)
    has_referral = models.BooleanField(default=False)
    happened_on = models.DateField(null=True)
    conducts = ArrayField(models.CharField(max_length=80), default=list)
    reporters = ArrayField(models.CharField(max_length=60), default=list)
    targets = ArrayField(models.CharField(max_length=240), default=list)
    named = ArrayField(models.CharField(max_length=60), default=list)
    clocks = models.JSONField(default=dict, help_text="From which day it is kept, by the name of each rule.")
    settled_on = models.DateField(null=True, help_text="From when nothing is open in it, by itself.")
    held = models.BooleanField(default=False)
    hold_reviews = ArrayField(models.DateField(), default=list)
    joined = models.CharField(max_length=16, blank=True, help_text="The case that this report joined.")
    disposed_on = models.DateField(null=True)

    class Meta:
        constraints = [only(Matter, "matter", "case_matter_known")]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="case_newest"),
            models.Index(fields=["holder", "-opened_at"], name="case_of_holder"),
            models.Index(fields=["about"], name="case_about", condition=~models.Q(about="")),
            models.Index(fields=["-opened_at"], name="case_untriaged", condition=models.Q(untriaged=True)),
            models.Index(fields=["id"], name="case_held", condition=models.Q(held=True)),
            models.Index(
                fields=["last_at", "id"], name="case_settled", condition=models.Q(settled_on__isnull=False, held=False)
            ),
            models.Index(fields=["joined"], name="case_joined", condition=~models.Q(joined="")),
            GinIndex(fields=["named"], name="case_named"),
            GinIndex(fields=["reporters"], name="case_reporters"),
            GinIndex(fields=["targets"], name="case_targets"),
            models.Index(fields=["-opened_at", "-id"], name="case_referred", condition=models.Q(has_referral=True)),
            models.Index(fields=["-opened_at", "-id"], name="case_appealed", condition=models.Q(appeal_open=True)),
            models.Index(fields=["-opened_at", "-id"], name="case_closed", condition=models.Q(closed=True)),
            models.Index(fields=["id"], name="case_sealed", condition=~models.Q(matter=Matter.CONDUCT)),
        ]

    def __str__(self) -> str:
        return self.reference


class Event(models.Model):
    """One line of a case's log. The application's role may add and read, and nothing else; a trigger says it again.

    `digest` is an HMAC of the facts under a key of this event's own, so that facts can be disposed of and the chain
    still holds. `link` chains this row to the one before it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32)
    link = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="event_one_of_each_number")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.kind}"


class Facts(models.Model):
    """What an event says, as the very text its digest was made of, and the key. Gone after disposal."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.PROTECT, related_name="facts")
    said = models.TextField()
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"facts of {self.event_id}"


class FormToken(models.Model):
    """A form that was answered once: a repeat of it shows the first result (house, The record)."""

    token = models.CharField(max_length=64, primary_key=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    reference = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return self.token
