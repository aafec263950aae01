"""Two records of one person, joined."""

from django.db import models

from evenhand.people.models.person import Person


class Merge(models.Model):
    """One joining of two records, which can be undone. Until it is reconciled, what applied to either applies."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    at = models.DateTimeField()
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    reconcile_by = models.DateField()
    reconciled_at = models.DateTimeField(null=True, blank=True)
    reconciled_by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reconciled_note = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=models.Q(undone_at__isnull=True), name="merge_once_while_it_holds"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("merged")), name="merge_of_two"),
        ]
        indexes = [
            models.Index(
                fields=["reconcile_by"],
                name="merge_to_reconcile",
                condition=models.Q(reconciled_at__isnull=True, undone_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.merged} into {self.kept}"
