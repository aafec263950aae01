"""What every letter has once a person approved it to go, whoever it is about."""

from django.db import models


class Issue(models.Model):
    """One letter as it was approved, and what became of it.

    `data` is what it tells, `sent_bytes` are the very bytes approved and sent. `to_address` is where it goes: one block
    of lines a recipient, the customer first. `trouble` is what went wrong in sending, for whoever looks into it.
    """

    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=60)
    data = models.JSONField()
    format = models.CharField(max_length=40)
    delivery = models.CharField(max_length=20)
    to_address = models.TextField(blank=True)
    sent_bytes = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    message_id = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        abstract = True
