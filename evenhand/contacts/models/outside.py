"""Contacts that came outside a limit: read for a hazard by a person, and counted when the limit is reviewed."""

from django.db import models

from evenhand.people.models import Person


class Outside(models.Model):
    """One contact outside one limit, as the colleague who logged it was told.

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
