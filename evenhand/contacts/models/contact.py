"""One contact between a customer and the landlord, kept in a partition for each month, and the key that names it."""

from enum import StrEnum

from django.db import models

from evenhand.contacts.models.matter import Matter
from evenhand.people.models import Person
from evenhand.people.models.choices import choices
from evenhand.policy.need import Channel


class Direction(StrEnum):
    """Who contacted whom: "in" is the customer, "out" the landlord."""

    IN = "in"
    OUT = "out"


class Caller(StrEnum):
    """Who spoke or wrote for the customer."""

    SELF = "self"
    INTERPRETER = "interpreter"
    ADVOCATE = "advocate"
    FAMILY = "family"
    OTHER = "other"


class Contact(models.Model):
    """One contact. Every column but the moment may be unknown: None, or for the channel and direction "".

    `at` is in UTC and decides the partition: its month in UTC. `id` is unique over all months (the key table sees to
    the reference). `person` is None while the contact waits to be matched, or belongs to nobody we know; the foreign
    keys are not checked by the database, as that would cost more than the row: people and matters are never deleted.
    `exempt_kind` is "" if there was no exemption and None if the source does not say; `matter_ref` is kept only while
    the matter it names has not come. Rows are written by `contacts/ingest.py` and `contacts/log.py`.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    source = models.CharField(max_length=60)
    ref = models.CharField(max_length=60)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="contacts", db_constraint=False, db_index=False
    )
    matter = models.ForeignKey(
        Matter, null=True, on_delete=models.PROTECT, related_name="contacts", db_constraint=False, db_index=False
    )
    matter_ref = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=20, choices=choices(Channel), blank=True)
    direction = models.CharField(max_length=3, choices=choices(Direction), blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    team = models.CharField(max_length=120, blank=True)
    asked_for_senior = models.BooleanField(null=True)
    offered_colleague = models.BooleanField(null=True)
    specific = models.BooleanField(null=True)
    exempt_kind = models.CharField(max_length=60, null=True)
    new_information = models.BooleanField(null=True)
    because_of_need = models.BooleanField(null=True)
    caller = models.CharField(max_length=20, choices=choices(Caller), null=True)

    class Meta:
        # The table, its partitions and their indexes are made in SQL: see the migration named for it.
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.channel or 'contact'} {self.ref}, {self.at:%Y-%m-%d %H:%M}"


class ContactKey(models.Model):
    """That a reference of a source is one contact, and in which month it lies: partitions cannot see to that.

    `digest` is of all that the source said of the contact, so that a row that says nothing new costs one look-up.
    """

    pk = models.CompositePrimaryKey("source", "ref")
    source = models.CharField(max_length=60)
    ref = models.CharField(max_length=60)
    contact = models.BigIntegerField()
    at = models.DateTimeField()
    digest = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.source}:{self.ref}"
