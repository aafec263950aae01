"""Contacts of which nobody knows yet whose they are."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.people.models import Person
from evenhand.people.models.choices import only, word


class Verdict(StrEnum):
    """What a person decided of a contact that matched nobody."""

    MATCHED = "matched"
    NOT_A_CUSTOMER = "not a customer"


class Unmatched(models.Model):
    """A contact that waits for a person to say whose it is, and afterwards what they said.

    Whatever the source gave to tell by: its reference of a person (which we do not have), telephone, email, name.
    `phones` and `emails` are normalised as a person's are. Nothing is attributed by these alone.
    """

    contact = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    person_source = models.CharField(max_length=60, blank=True)
    person_ref = models.CharField(max_length=60, blank=True)
    telephone = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=320, blank=True)
    name = models.CharField(max_length=240, blank=True)
    phones = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    emails = ArrayField(models.CharField(max_length=320), default=list, blank=True)
    verdict = word(Verdict, blank=True, default="")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            only(Verdict, "verdict", "unmatched_verdict_known", empty=True),
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.MATCHED.value, person__isnull=False)
                | (~models.Q(verdict=Verdict.MATCHED.value) & models.Q(person__isnull=True)),
                name="unmatched_person_if_matched",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="unmatched_waiting", condition=models.Q(verdict="")),
            models.Index(
                fields=["person_source", "person_ref"], name="unmatched_by_ref", condition=models.Q(verdict="")
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.contact}, {self.verdict or 'waiting'}"
