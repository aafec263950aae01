"""Contacts that came outside a limit: read for a hazard by a person, and counted when the limit is reviewed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.people.models import Person


class Outside(models.Model):
    """One contact outside one limit, as the colleague who read or heard it was told.

    `case` and `limit` are the references of the case and of the limit in it. `hazard` is what the colleague found when
    they read or heard the contact: True means it was passed on at once (rule 1). `told` is what they were told to do.
    """

    contact = models.BigIntegerField()
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.CharField(max_length=60)
    limit = models.CharField(max_length=60)
    hazard = models.BooleanField()
    passed_on = models.TextField(blank=True)
    told = models.TextField(blank=True)
    read_by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "limit", "contact"], name="outside_once_a_limit")]
        indexes = [models.Index(fields=["person", "-at"], name="outside_of_a_person")]

    def __str__(self) -> str:
        return f"contact {self.contact} outside {self.limit} of {self.case}"


class ToJudge(models.Model):
    """A contact of another system that was added, corrected or matched, and is yet to be held against the limits."""

    contact = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"contact {self.contact}"


class CameLate(models.Model):
    """A person of whom contacts came late: all theirs since this moment are yet to be held against the limits, if a
    limit binds them at all. `person` is the key of their record."""

    person = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"person {self.person} since {self.since:%Y-%m-%d}"


class ToRead(models.Model):
    """A contact of another system that came outside a limit: a person reads it for a hazard, then handles it.

    `limits` are those it is outside, each its case and its id in it, as "case/limit"; `reasons` how. `hazard` is what
    was found when it was read, None until then; `exempt` is one of the kinds that always get through, where the reader
    found that it was. `handled_at` is when all was done that the plan asks for. `late` is one that came too late to be
    read in time: it counts as outside and nobody is asked to read it, though a person may.
    """

    contact = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    limits = ArrayField(models.CharField(max_length=120))
    reasons = ArrayField(models.TextField())
    since = models.DateTimeField()
    hazard = models.BooleanField(null=True)
    exempt = models.CharField(max_length=60, blank=True)
    passed_on = models.TextField(blank=True)
    read_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=True, hazard__isnull=True, handled_at__isnull=True)
                | models.Q(read_at__isnull=False, hazard__isnull=False),
                name="to_read_before_it_is_handled",
            )
        ]
        indexes = [
            models.Index(
                fields=["at", "id"],
                name="to_read_in_time",
                condition=models.Q(handled_at__isnull=True, late=False),
            ),
            models.Index(fields=["person", "-at"], name="to_read_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"contact {self.contact}, {'read' if self.read_at else 'waiting'}"
