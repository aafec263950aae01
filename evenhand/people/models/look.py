"""Who looked at what: a log of its own, apart from any case's."""

from enum import StrEnum

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from evenhand.people.models.choices import only, word


class LookKind(StrEnum):
    """What was looked at."""

    CASE = "case"
    PERSON = "person"
    HOME = "home"
    LETTER = "letter"
    FILE = "file"
    SEARCH = "search"
    CHECK = "check"


class Look(models.Model):
    """One look. Rows are only ever added; the database refuses to change one, or to remove one outside disposal."""

    at = models.DateTimeField()
    # Neither key has an index of its own: those below serve, and every check pays for each.
    by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="looks", db_index=False
    )
    actor = models.CharField(max_length=60)
    kind = word(LookKind)
    reference = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="looks", db_index=False
    )
    purpose = models.TextField(blank=True)

    class Meta:
        constraints = [only(LookKind, "kind", "look_kind_known")]
        indexes = [
            models.Index(fields=["kind", "reference", "-at"], name="look_at_a_thing"),
            models.Index(fields=["person", "-at"], name="look_at_a_person"),
            models.Index(fields=["actor", "-at"], name="look_by_an_actor"),
            # Machines look most, and are no colleague.
            models.Index(fields=["by"], name="look_by_a_colleague", condition=models.Q(by__isnull=False)),
            BrinIndex(fields=["at"], name="look_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} looked at {self.kind} {self.reference}"
