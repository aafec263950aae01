"""What a customer and the landlord are in contact about: a repair, a complaint, a report."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.people.models import Person

NOT_ALWAYS_TOLD = ("told_on", "done_on", "reopened_on")
"""Days that many exports lack altogether. A name of these in `Matter.unknown` says so: no day there means nothing."""
COMPLAINT = "complaint"
"""What the kind of every complaint begins with, at whatever stage."""


class Matter(models.Model):
    """One matter, as one source knows it. `source` and `ref` name it, as they do a person.

    `kind` is the source's own word in small letters ("repair", "complaint_stage1", "asb_report", "rent"). The days are
    the landlord's: `told_on` is when the customer was told `respond_by`; `closed_on` when the record was closed and
    `done_on` when the work was done, which is not the same. Where the day is None it has not happened, unless the
    column's name is in `unknown`: then the source does not tell.
    """

    source = models.CharField(max_length=60)
    ref = models.CharField(max_length=60)
    # Nobody is ever taken out of the register. Looked at once more for each of a million rows, that takes seconds.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="matters", db_constraint=False)
    kind = models.CharField(max_length=60, blank=True)
    opened_on = models.DateField()
    told_on = models.DateField(null=True, blank=True)
    respond_by = models.DateField(null=True, blank=True)
    responded_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)
    complaint_exhausted_on = models.DateField(null=True, blank=True)
    unknown = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ref", "source"], name="matter_once_a_source")]
        indexes = [
            models.Index(
                fields=["person"],
                name="matter_open_complaint",
                condition=models.Q(kind__startswith=COMPLAINT, closed_on__isnull=True),
            ),
        ]

    @property
    def is_complaint(self) -> bool:
        """Whether it is a complaint, at any stage."""
        return self.kind.startswith(COMPLAINT)

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
