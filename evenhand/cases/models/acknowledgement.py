"""Who read a high marker's card and said so."""

from django.db import models

from evenhand.cases.models.log import Case


class Acknowledgement(models.Model):
    """One colleague's or one system's word that they read what a marker asks of them. Rows are only ever added."""

    at = models.DateTimeField()
    by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    actor = models.CharField(max_length=60)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="acknowledgements")
    control = models.CharField(max_length=12)
    said = models.TextField(help_text="What they were asked to do, as the card led with it.")

    class Meta:
        indexes = [
            models.Index(fields=["case", "control", "-at"], name="acknowledged_control"),
            models.Index(fields=["actor", "-at"], name="acknowledged_by"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.case_id} {self.control}"
