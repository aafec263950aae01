"""The letters that answer customers who object to how often they were counted: no case is behind them."""

from django.db import models

from evenhand.cases.models.issue import Issue
from evenhand.contacts.models import Objected


class AnswerLetter(Issue):
    """One answer as it was approved to go; approved anew it is another, and the last one counts.

    A claim of long ago without `sent_at` is one of which nobody knows. By post, `printed_at` is when it was last put
    into a file to print: on paper, it may be in an envelope.
    """

    objection = models.ForeignKey(Objected, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=16, unique=True)
    printed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["delivery", "issued_at"], condition=models.Q(sent_at=None), name="answer_letter_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} about objection {self.objection_id}"
