"""Lists of cases whose time is over: one colleague draws a list up, another agrees, and only then does anything go."""

from django.db import models

from evenhand.cases.models.log import Case
from evenhand.people.models.choices import only, word
from evenhand.policy.events.disposal import Category


class DisposalList(models.Model):
    """One list. `sealed`: it holds one sealed matter, and only those named in that may know of it.

    Nothing of it is carried out before `approved_by`, who is not `prepared_by`, has agreed. `refused_by` says that it
    never will be, `reason` why. `done_at` is when all of it was carried out, or was found not to be due any more.
    """

    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=60)
    sealed = models.BooleanField(default=False)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=60, blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("prepared_by")), name="disposal_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None) | ~models.Q(approved_by=""), name="disposal_approved_by_someone"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None) | models.Q(refused_at=None), name="disposal_approved_or_refused"
            ),
        ]
        indexes = [models.Index(fields=["-prepared_at", "-id"], name="disposal_list_newest")]

    def __str__(self) -> str:
        return f"{self.pk}, {self.prepared_at:%Y-%m-%d}"


class DisposalItem(models.Model):
    """One case of a list. `trouble` says why it stayed after all, where something had happened in it meanwhile."""

    list = models.ForeignKey(DisposalList, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disposals")
    category = word(Category)
    until = models.DateField()
    done_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "case"], name="disposal_item_once"),
            only(Category, "category", "disposal_category_known"),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}: {self.case_id}"
