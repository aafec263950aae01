"""The landlord: who it is, the terms it chose, the versions of its policy, and whether this is a demonstration."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.people.models.choices import only, word
from evenhand.people.ombudsman import OMBUDSMEN, Ombudsman
from evenhand.policy.terms import Nation


def no_terms() -> dict[str, int]:
    return {}


class Landlord(models.Model):
    """The one landlord of this database. `terms` holds only what differs from the policy's defaults, by name."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=200)
    address = models.TextField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    emergency_telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    complaints_route = models.TextField(blank=True)
    advocacy = models.TextField(blank=True)
    legal_advice = models.TextField(blank=True)
    portal_url = models.URLField(blank=True)
    nation = word(Nation, default=Nation.ENGLAND)
    terms = models.JSONField(default=no_terms, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="landlord_is_one"),
            only(Nation, "nation", "landlord_nation_known"),
        ]

    @property
    def ombudsman(self) -> Ombudsman:
        """Where a customer takes a complaint the landlord did not settle: fixed by the nation."""
        return OMBUDSMEN[Nation(self.nation)]

    def __str__(self) -> str:
        return self.name


class PolicyVersion(models.Model):
    """R1: one version of the policy, and the programme of its review."""

    version = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    supporter = models.CharField(max_length=200, blank=True)
    ratifier = models.CharField(max_length=200, blank=True)
    ratified_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    equality_screen = models.TextField(blank=True)
    consultation = models.TextField(blank=True)
    related_policies = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    public_text = models.TextField(blank=True)
    superseded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-ratified_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                models.F("superseded_on"),
                condition=models.Q(superseded_on__isnull=True),
                nulls_distinct=False,
                name="policy_version_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class ProvenanceKind(StrEnum):
    """How this database was born."""

    DEMO = "demo"
    REAL = "real"


class Provenance(models.Model):
    """Written once, when the database is first filled: the demonstration's sign-in page exists only if this says so."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    kind = word(ProvenanceKind)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="provenance_is_one"),
            only(ProvenanceKind, "kind", "provenance_kind_known"),
        ]

    def __str__(self) -> str:
        return self.kind
