"""The letters that answer customers who object to how often they were counted: no case is behind them."""

from django.db import models

from evenhand.contacts.models import Objected


class AnswerLetter(models.Model):
    """One answer as it was approved to go; approved anew it is another, and the last one counts.

    What is in it is as in `Letter`: `data` is what it tells, `sent_bytes` are the very bytes approved and sent, and
    `trouble` is what went wrong in sending. A claim of long ago without `sent_at` is one of which nobody knows. By
    post, `printed_at` is when it was last put into a file to print: on paper, it may be in an envelope.
    """

    objection = models.ForeignKey(Objected, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=16, unique=True)
    data = models.JSONField()
    format = models.CharField(max_length=40)
    delivery = models.CharField(max_length=20)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=60)
    to_address = models.TextField(blank=True)
    sent_bytes = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    message_id = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["delivery", "issued_at"], condition=models.Q(sent_at=None), name="answer_letter_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} about objection {self.objection_id}"
