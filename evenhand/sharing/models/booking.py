"""Who is booked to visit which home and when, what they were told to do, and every word that it changed."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.people.models import Home, Person
from evenhand.people.models.choices import only, word


class ListState(StrEnum):
    """How far the checking of a list has come."""

    WAITING = "waiting"
    CHECKING = "checking"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen without a person."""
        return self not in (ListState.WAITING, ListState.CHECKING)


def no_counts() -> dict[str, int]:
    return {}


def nothing_wrong() -> list[object]:
    return []


class VisitList(models.Model):
    """One list of visits that was checked. `given` is its file, gone once read; `answered` the file given back.

    `answered` is CSV in UTF-8 with a byte-order mark, forgotten after some days: it is about people. `wrong` is what
    could not be read or matched, the first of it: line, column, what it says there and the reason.
    """

    name = models.CharField(max_length=200)
    source = models.CharField(max_length=60)
    by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = word(ListState, default=ListState.WAITING)
    message = models.TextField(blank=True)
    counts = models.JSONField(default=no_counts)
    wrong = models.JSONField(default=nothing_wrong)
    given = models.BinaryField(null=True)
    answered = models.BinaryField(null=True)

    class Meta:
        constraints = [only(ListState, "state", "visit_list_state_known")]
        indexes = [models.Index(fields=["-at", "-id"], name="visit_list_newest")]

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d %H:%M}"


class Booking(models.Model):
    """One visit, as the system that plans it knows it: the same reference of the same source is the same visit.

    It begins at `at` and may still begin `until`. `attending` and `contractor` are as given; `colleague` is whom the
    first means, if that is certain. `home` is empty where a visit to a person was booked, or nothing was matched, and
    `trouble` then says why. `answer` is what was told, as the columns of docs/visits.md; `controls` are those it told
    of ("EH-AAAA-BBBB/M1"), and `version` counts how often what to do has changed since it was first told at `told_at`.
    """

    source = models.CharField(max_length=60)
    reference = models.CharField(max_length=60)
    home = models.ForeignKey(Home, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    attending = models.CharField(max_length=200, blank=True)
    contractor = models.CharField(max_length=200, blank=True)
    colleague = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="bookings")
    answer = models.JSONField()
    controls = ArrayField(models.CharField(max_length=30), default=list)
    trouble = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "reference"], name="booking_once_a_source")]
        indexes = [
            models.Index(fields=["home", "until"], name="booking_of_home"),
            models.Index(
                fields=["person", "until"], name="booking_of_person", condition=models.Q(person__isnull=False)
            ),
            models.Index(fields=["colleague", "until"], name="booking_of_colleague"),
            models.Index(fields=["until"], name="booking_until"),
        ]

    @property
    def who(self) -> str:
        """Who attends, as people know them."""
        return self.colleague.name if self.colleague else self.contractor or self.attending or "nobody named yet"

    def __str__(self) -> str:
        return f"{self.source} {self.reference}"


class Way(StrEnum):
    """How someone is told that the instruction for their visit changed. Every colleague also sees it on Today."""

    EMAIL = "e-mail"
    BY_HAND = "by hand"


class Notice(models.Model):
    """One word to whoever is booked that their instruction changed: once for each version of it.

    By email it is claimed, sent and recorded; a claim whose outcome nobody knows has `trouble`, and a person rings.
    By hand it waits until someone has rung. `seen_at` is when a colleague said on Today that they have read it.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="notices")
    version = models.PositiveIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField()
    way = word(Way)
    email = models.EmailField(blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=400, blank=True)
    rung_at = models.DateTimeField(null=True)
    rung_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "version"], name="notice_once_a_version"),
            only(Way, "way", "notice_way_known"),
            models.CheckConstraint(
                condition=models.Q(rung_at__isnull=True) | models.Q(rung_by__isnull=False),
                name="notice_rung_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["claimed_at"], name="notice_unsent", condition=models.Q(way="e-mail", sent_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} version {self.version}"
