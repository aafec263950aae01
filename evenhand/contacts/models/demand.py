"""C2: what the last measure of everybody's contacts showed, and what people have said of it. Nothing here decides."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.contacts.models.matter import Matter
from evenhand.people.models import Person
from evenhand.people.models.choices import only, word


class Suggested(models.Model):
    """One customer whose contacts are worth a look, as last measured; `person` is the record that stands for them.

    `until` is the last day of the latest window in which a kind showed. `figures` is `suggestion_json.suggestion`.
    `answered` says that a manager has said something of it, and nothing has shown since that it does not cover.
    `since` is the moment at which it came on the list, unanswered; it outlasts being measured again.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    until = models.DateField()
    kinds = ArrayField(models.CharField(max_length=60))
    strength = models.FloatField()
    figures = models.JSONField()
    measured_at = models.DateTimeField()
    since = models.DateTimeField()
    answered = models.BooleanField(default=False)

    class Meta:
        ordering = ["-strength", "id"]
        indexes = [models.Index(fields=["answered", "-strength", "id"], name="suggested_strongest_first")]

    def __str__(self) -> str:
        return f"{self.person_id}: {', '.join(self.kinds)}"


class Said(StrEnum):
    """What a manager said of a suggestion."""

    OURS = "our own failure"
    NEED = "a need or a disability explains it"
    PROPORTIONATE = "it does not take too much of our time"
    HELP = "we offer help first"
    OTHER = "another reason"
    CASE = "taken to a case"


class Answered(models.Model):
    """What a manager said of a suggestion, and of what it was said; only ever added to.

    The suggestion comes back when it shows another kind, one of its kinds in days after `until`, or twice as much.
    `matters` are the keys of those that were named as our own failure.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = word(Said)
    words = models.TextField(blank=True)
    kinds = ArrayField(models.CharField(max_length=60))
    until = models.DateField()
    figures = models.JSONField()
    case = models.CharField(max_length=60, blank=True)
    matters = ArrayField(models.BigIntegerField(), default=list, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [only(Said, "said", "answered_said_known")]
        indexes = [models.Index(fields=["person", "-at"], name="answered_of_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.said}"


class Objected(models.Model):
    """That a customer objects to being measured, or to what was measured; and what they were answered.

    `answer_by` is the day by which they are owed an answer. `looked_at` is what was looked at for it, `answer` what was
    changed; `sent_on` the day on which the letter with both went to them.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    words = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField()
    looked_at = models.TextField(blank=True)
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-received_on", "-id"]
        indexes = [
            models.Index(fields=["person", "-received_on"], name="objected_of_a_person"),
            models.Index(fields=["answer_by", "id"], name="objected_to_answer", condition=models.Q(sent_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.received_on}"


class ToMeasure(models.Model):
    """A person whose contacts or matters have changed since they were measured."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person_id)


class Compared(models.Model):
    """Everyone in one window with whom customers are compared, as worked out with the last measure of everybody."""

    first = models.DateField()
    last = models.DateField()
    field = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "last"], name="compared_once_a_window")]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class MeasuredBy(models.Model):
    """The landlord's own numbers for measuring demand: only what differs from the policy's, by name."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    terms = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="measured_by_is_one")]

    def __str__(self) -> str:
        return str(self.terms)


class OwnFailure(models.Model):
    """The contacts that one matter of ours caused by being late, or closed and not done, as last counted."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="+")
    contacts = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["-minutes", "id"]
        indexes = [models.Index(fields=["-minutes", "id"], name="own_failure_worst_first")]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.contacts}"
