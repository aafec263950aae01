"""Customers, the people who live with them or visit, what they need, and who speaks for them."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from evenhand.people.models.choices import choices, only, word
from evenhand.people.models.register import brought_by
from evenhand.policy.need import Channel, LetterFormat
from evenhand.policy.need import Need as NeedKind


class Person(models.Model):
    """One record of a person, as one source knows them.

    `source` is the housing system a reference comes from, so that merged landlords cannot collide; people made at
    triage, who are in no register, have the source "local". `phone` and `email` are as given, `phones` (E.164) and
    `emails` (lower case) are for look-up. Former names find a person and are never shown (rule 10). The search
    columns hold folded text (see `people/text.py`) and are written by whoever writes the names.
    """

    source = models.CharField(max_length=60)
    ref = models.CharField(max_length=60)
    title = models.CharField(max_length=40, blank=True)
    forename = models.CharField(max_length=120, blank=True)
    surname = models.CharField(max_length=120, blank=True)
    former_names = ArrayField(models.CharField(max_length=240), default=list, blank=True)
    description = models.TextField(blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=200, blank=True)
    phones = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    email = models.CharField(max_length=320, blank=True)
    emails = ArrayField(models.CharField(max_length=320), default=list, blank=True)
    language = models.CharField(max_length=35, blank=True)
    communication_needs = models.CharField(max_length=200, blank=True)
    letter_format = word(LetterFormat, blank=True, default="")
    unsafe_channels = ArrayField(models.CharField(max_length=20, choices=choices(Channel)), default=list, blank=True)
    unsafe_note = models.TextField(blank=True)
    is_local = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    last_changed_in = brought_by()
    search_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ref", "source"], name="person_once_a_source"),
            models.CheckConstraint(
                condition=models.Q(unsafe_channels__contained_by=[channel.value for channel in Channel]),
                name="person_unsafe_channels_known",
            ),
            only(LetterFormat, "letter_format", "person_letter_format_known", empty=True),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="person_not_merged_into_itself",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_name"], name="person_name_trigrams", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["phones"], name="person_phones"),
            GinIndex(fields=["emails"], name="person_emails"),
            models.Index(fields=["surname", "forename", "id"], name="person_by_name"),
            # Whether a source has anybody left: asked with every answer, so that its age is known.
            models.Index(fields=["source"], condition=models.Q(left_on__isnull=True), name="person_live_by_source"),
        ]

    @property
    def name(self) -> str:
        """How they are called on pages: never a former name."""
        return " ".join(part for part in (self.forename, self.surname) if part) or self.description

    @property
    def formal_name(self) -> str:
        """How a letter addresses them."""
        return " ".join(part for part in (self.title, self.forename, self.surname) if part)

    def __str__(self) -> str:
        return self.name


class Need(models.Model):
    """A need that holds until it is ended. Those from a register are ended by it, the others by a colleague."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="needs")
    kind = word(NeedKind)
    detail = models.TextField(blank=True)
    source = models.CharField(max_length=60, blank=True, help_text="The register it came from; empty if a colleague.")
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_on", "id"]
        constraints = [
            only(NeedKind, "kind", "need_kind_known"),
            models.UniqueConstraint(
                fields=["person", "kind", "source"],
                condition=models.Q(ended_on__isnull=True),
                name="need_once_while_it_holds",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class RepresentativeKind(StrEnum):
    """Who speaks for a person, and by what right."""

    ADVOCATE = "advocate"
    ATTORNEY = "attorney"
    GUARDIAN = "guardian"
    PARENT = "parent"
    SOLICITOR = "solicitor"


class Representative(models.Model):
    """Someone who acts for a person. `safe` says that telling them puts nobody in danger (rule 10)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="representatives")
    name = models.CharField(max_length=240)
    kind = word(RepresentativeKind)
    contact = models.TextField(blank=True)
    authority = models.TextField(blank=True)
    safe = models.BooleanField(default=False)
    recorded_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [only(RepresentativeKind, "kind", "representative_kind_known")]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"
