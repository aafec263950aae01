"""Rule 14: who was told of a marker, why and how, and how it was called back."""

from enum import StrEnum

from django.db import models

from evenhand.people.models import Home, Person
from evenhand.people.models.choices import only, word
from evenhand.sharing.models.change import ChangeKind, ControlKind


class RecipientKind(StrEnum):
    """Who was told: a colleague who signs in, a machine by its key, the receiver of a webhook, a firm, a visitor."""

    COLLEAGUE = "colleague"
    SYSTEM = "system"
    RECEIVER = "webhook receiver"
    CONTRACTOR = "contractor"
    VISITOR = "visitor"


class How(StrEnum):
    """The way in which they were told."""

    CHECK = "a check on a page"
    RECORD = "the record of a case or person"
    API = "a check by a machine"
    FEED = "a list for a machine"
    WEBHOOK = "a webhook"
    VISITS = "tonight’s visits"
    NOTICE = "a message about a visit"
    COMMAND = "a command"

    @property
    def purpose(self) -> str:
        """Why somebody is told in this way, where nobody gave a reason of their own."""
        return PURPOSES[self]


PURPOSES = {
    How.CHECK: "To know what to do before a visit, a call or a message",
    How.RECORD: "To work on the record",
    How.API: "To know what to do before a visit, a call or a message",
    How.FEED: "To keep that system’s own copy right",
    How.WEBHOOK: "To keep that system’s own copy right",
    How.VISITS: "A visit is booked",
    How.NOTICE: "A visit is booked",
    How.COMMAND: "To know what to do before a visit, a call or a message",
}


class ConfirmedHow(StrEnum):
    """The way in which they confirmed."""

    PAGE = "on their own page"
    TELEPHONE = "by telephone"
    WRITING = "in writing"
    API = "by a machine"
    TOLD_AGAIN = "told again as it is now"
    OVERTAKEN = "overtaken by later news"


class Disclosure(models.Model):
    """One recipient told of one control: first, last, how, and which version of it they know.

    `last_at` is right to the minute: telling the same again at once writes nothing. `to_id` is the actor id of a
    colleague, the key of a row, or the name that a firm or a visitor goes by.
    """

    case = models.CharField(max_length=16)
    control = models.CharField(max_length=12)
    kind = word(ControlKind)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(Home, null=True, on_delete=models.PROTECT, related_name="+")
    to_kind = word(RecipientKind)
    to_id = models.CharField(max_length=120)
    to_name = models.CharField(max_length=240)
    why = models.CharField(max_length=200)
    how = word(How)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "control", "to_kind", "to_id"], name="disclosed_once_each"),
            only(ControlKind, "kind", "disclosed_kind_known"),
            only(RecipientKind, "to_kind", "disclosed_to_known"),
            only(How, "how", "disclosed_how_known"),
        ]
        indexes = [
            models.Index(fields=["to_kind", "to_id", "-last_at"], name="disclosed_to"),
            models.Index(fields=["person", "-last_at"], name="disclosed_about"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.control} to {self.to_name}"


class Recall(models.Model):
    """News of a control for one who was told of it, and their word that they acted on it.

    One row for each change of what it asks and one for its end, so that an earlier confirmation is never lost.
    """

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="recalls")
    what = word(ChangeKind)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_how = word(ConfirmedHow, blank=True, default="")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "what", "version"], name="recalled_once"),
            models.CheckConstraint(
                condition=models.Q(what__in=[ChangeKind.CHANGED, ChangeKind.ENDED, ChangeKind.WITHDRAWN]),
                name="recall_what_known",
            ),
            only(ConfirmedHow, "confirmed_how", "recall_confirmed_how_known", empty=True),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_how="", confirmed_by="")
                | (models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_how="") & ~models.Q(confirmed_by="")),
                name="recall_confirmed_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="recall_unconfirmed", condition=models.Q(confirmed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id} {self.what}"
