"""Letters: drafted with the act that calls for them, approved by a person, and kept as they were sent."""

from django.db import models

from evenhand.cases.models.issue import Issue
from evenhand.cases.models.log import Case


class PrintBatch(models.Model):
    """Letters printed together: one merged PDF and a manifest of what is in it."""

    reference = models.CharField(max_length=16, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    manifest = models.TextField(blank=True)
    posted_at = models.DateTimeField(null=True)
    posted_by = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.reference


class Letter(models.Model):
    """One letter of a case. Its life is in the log; here are its facts, its bytes and its claim.

    `letter` is its id in the log ("T1"), `event` the number of the event that called for it. `data` is what it tells,
    frozen when it was drafted; `sent_bytes` are the very bytes approved and sent. `to_address` is where it goes: one
    block of lines a recipient, the customer first. `trouble` is what went wrong in sending, for whoever looks into it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    letter = models.CharField(max_length=12)
    reference = models.CharField(max_length=16, unique=True)
    event = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=20)
    adverse = models.BooleanField(default=False)
    drafted_at = models.DateTimeField()
    data = models.JSONField()
    format = models.CharField(max_length=40, blank=True)
    delivery = models.CharField(max_length=20, blank=True)
    post = models.CharField(max_length=40)
    send_by = models.DateField()
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=60, blank=True)
    to_address = models.TextField(blank=True)
    sent_bytes = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    batch = models.ForeignKey(PrintBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "letter"], name="letter_once_a_case")]
        indexes = [
            models.Index(fields=["post", "send_by", "id"], name="letter_by_post"),
            models.Index(fields=["-drafted_at", "-id"], name="letter_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.letter} {self.kind}"


class EarlierIssue(Issue):
    """A letter as it was approved and sent before it was issued again: what went out stays provable."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="earlier_issues")
    batch = models.ForeignKey(
        PrintBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="earlier_issues"
    )

    class Meta:
        indexes = [models.Index(fields=["letter", "issued_at"], name="earlier_issue_of_letter")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.issued_at:%Y-%m-%d}"
