"""Homes, who holds their tenancies, and who visits."""

from enum import StrEnum

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from evenhand.people.models.choices import only, word
from evenhand.people.models.person import Person
from evenhand.people.models.register import brought_by


class Home(models.Model):
    """A home the landlord lets. `search_address` is folded text, `search_postcode` has no space: "ze23ha"."""

    source = models.CharField(max_length=60)
    ref = models.CharField(max_length=60)
    uprn = models.CharField(max_length=12, blank=True)
    address_line = models.CharField(max_length=200)
    town = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    left_on = models.DateField(null=True, blank=True)
    last_changed_in = brought_by()
    search_address = models.TextField(blank=True, default="")
    search_postcode = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ref", "source"], name="home_once_a_source")]
        indexes = [
            GinIndex(fields=["search_address"], name="home_address_trigrams", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["search_postcode"], name="home_by_postcode", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["uprn"], name="home_by_uprn", condition=~models.Q(uprn="")),
        ]

    @property
    def address(self) -> str:
        """The whole address on one line."""
        return ", ".join(part for part in (self.address_line, self.town, self.postcode) if part)

    def __str__(self) -> str:
        return self.address


class Tenure(StrEnum):
    """The kinds of tenancy a register may name."""

    ASSURED = "assured"
    SECURE = "secure"
    STARTER = "starter"
    INTRODUCTORY = "introductory"
    FIXED_TERM = "fixed_term"
    SHARED_OWNERSHIP = "shared_ownership"
    LEASEHOLD = "leasehold"
    LICENCE = "licence"
    TEMPORARY = "temporary"
    OCCUPATION_CONTRACT = "occupation_contract"
    SCOTTISH_SECURE = "scottish_secure"


class TenancyRole(StrEnum):
    """What someone is to a tenancy. "unknown" is a register's word that we do not know: they still live there."""

    TENANT = "tenant"
    JOINT_TENANT = "joint_tenant"
    HOUSEHOLD_MEMBER = "household_member"
    UNKNOWN = "unknown"

    @property
    def holds(self) -> bool:
        """Whether the tenancy is theirs, alone or with others."""
        return self in (TenancyRole.TENANT, TenancyRole.JOINT_TENANT)


class Tenancy(models.Model):
    """A home let, from a day to a day. An unknown start is empty; `ended_on` is the last day."""

    source = models.CharField(max_length=60)
    ref = models.CharField(max_length=60)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="tenancies")
    tenure = word(Tenure, blank=True, default="")
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    last_changed_in = brought_by()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ref", "source"], name="tenancy_once_a_source"),
            only(Tenure, "tenure", "tenancy_tenure_known", empty=True),
        ]

    def __str__(self) -> str:
        return f"{self.ref}: {self.home}"


class TenancyPerson(models.Model):
    """Someone's part in a tenancy, from a day to a day. One who left is end-dated, never lost."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenancy_links")
    role = word(TenancyRole)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    last_changed_in = brought_by()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenancy", "person"], name="tenancy_person_once"),
            only(TenancyRole, "role", "tenancy_person_role_known"),
        ]

    @property
    def holds(self) -> bool:
        """Whether the tenancy is theirs, alone or with others; someone who only lives there holds nothing."""
        return TenancyRole(self.role).holds

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"


class HomeVisit(models.Model):
    """A person without a tenancy and a home they visit, so that a check of the home finds them (rule 20)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="visitors")
    recorded_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "home"], condition=models.Q(ended_on__isnull=True), name="home_visit_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} visits {self.home}"
