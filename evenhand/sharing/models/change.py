"""What became of each limit, single contact, marker and safety instruction: an outbox whose order is whole."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.people.models import Home, Person
from evenhand.people.models.choices import only, word
from evenhand.policy.events.ending import Ending


class ControlKind(StrEnum):
    """What is told of. The words are those of the record's own list of live controls."""

    MARKER = "marker"
    LIMIT = "limit"
    SINGLE_CONTACT = "single_contact"
    INSTRUCTION = "instruction"


class ChangeKind(StrEnum):
    """What became of it. `WITHDRAWN`: quashed on appeal, or never confirmed, so it counts for nothing."""

    STARTED = "started"
    CHANGED = "changed"
    OVERDUE = "review_overdue"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"

    @property
    def is_over(self) -> bool:
        return self in (ChangeKind.ENDED, ChangeKind.WITHDRAWN)


class Followed(models.Model):
    """A control as it was last told of: what the next reading of the record is compared with.

    `version` counts the changes of what it asks anyone to do. `asks` is a digest of that, `says` one of all that a
    colleague may see; both are emptied when it ends, so that nothing of what it said can be guessed back from them.
    `refs` are the ids of every record of the person when it was last told of.
    """

    case = models.CharField(max_length=16)
    control = models.CharField(max_length=12)
    kind = word(ControlKind)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(Home, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    asks = models.CharField(max_length=64, blank=True)
    says = models.CharField(max_length=64, blank=True)
    overdue = models.BooleanField(default=False)
    over = models.BooleanField(default=False)
    refs = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "control"], name="followed_once"),
            only(ControlKind, "kind", "followed_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.control} version {self.version}"


class Change(models.Model):
    """One thing that became of one control. Written by the follower alone, one at a time: ids are in order of time.

    `asks` says whether what anyone does about it changed, or who it is about; without it only dates or the state of
    an appeal did. Nothing of what the control says is kept here: whoever passes it on reads it as it is then.
    """

    kind = word(ChangeKind)
    control_kind = word(ControlKind)
    case = models.CharField(max_length=16)
    control = models.CharField(max_length=12)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(Home, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    asks = models.BooleanField(default=True)
    cause = word(Ending, blank=True, default="")
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        constraints = [
            only(ChangeKind, "kind", "change_of_control_known"),
            only(ControlKind, "control_kind", "changed_control_known"),
            only(Ending, "cause", "change_cause_known", empty=True),
        ]
        indexes = [
            models.Index(fields=["case", "control", "id"], name="change_of_a_control"),
            models.Index(fields=["person", "id"], name="change_about_a_person"),
            models.Index(fields=["at"], name="control_change_by_moment"),
        ]

    @property
    def lane(self) -> str:
        """Whom or what it is about: changes of one lane are told in order."""
        return f"person {self.person_id}" if self.person_id else f"home {self.home_id}"

    def __str__(self) -> str:
        return f"{self.control_kind} {self.case} {self.control} {self.kind}"
