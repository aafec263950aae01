"""Daily heads: one hash a day over every case's last link, sent out, so that no past is rewritten unseen."""

from django.db import models

from evenhand.cases.models.log import Case


class Head(models.Model):
    """One head. Rows are only ever added. `note` says why one was made outside the days, as after a restore.

    It stands for everything in the log before the moment `until`: the end of the landlord's `day`.
    """

    number = models.PositiveIntegerField(unique=True)
    day = models.DateField()
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    salt = models.BinaryField(max_length=16)
    previous = models.BinaryField(max_length=32)
    head = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day"], condition=models.Q(note=""), name="head_one_a_day"),
        ]
        indexes = [models.Index(fields=["until"], name="head_until")]

    def __str__(self) -> str:
        return f"{self.number}, {self.day}"


class HeadMember(models.Model):
    """A case that had grown since the head before, and its last link then. Others stand in earlier heads."""

    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="members")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="heads", db_index=False)
    number = models.PositiveIntegerField()
    link = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="head_member_once")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class HeadTold(models.Model):
    """That a head left the database: to an email address, or as a file."""

    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="told")
    way = models.CharField(max_length=10)
    to = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(way__in=["e-mail", "file"]), name="head_told_way_known"),
            models.UniqueConstraint(fields=["head", "way", "to"], name="head_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.head_id} by {self.way}"
