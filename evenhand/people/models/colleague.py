"""Colleagues and the teams they work in."""

import secrets

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from evenhand.people.models.choices import choices
from evenhand.policy.staff import Actor, Kind, Role


def new_actor_id() -> str:
    """A random id that names nobody: all that the record of a case keeps of a colleague."""
    return f"colleague:{secrets.token_hex(8)}"


def colleague_only() -> list[str]:
    return [Role.COLLEAGUE.value]


class Team(models.Model):
    """A team with a number of its own: what a single contact's letter gives, never a colleague's own (rule 21)."""

    name = models.CharField(max_length=120, unique=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A colleague who signs in. Kept for ever once they have acted: leaving ends access, not history."""

    actor_id = models.CharField(max_length=40, unique=True, default=new_actor_id, editable=False)
    roles = ArrayField(models.CharField(max_length=40, choices=choices(Role)), default=colleague_only)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    job_title = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="colleagues"
    )
    left_on = models.DateField(null=True, blank=True)
    cover = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="covers_for")

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=[role.value for role in Role]), name="user_roles_known"
            ),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True) | models.Q(is_active=False), name="user_left_is_not_active"
            ),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="user_email_once"),
        ]

    @property
    def name(self) -> str:
        """The name colleagues know them by, or the name they sign in with."""
        return self.get_full_name() or self.username

    @property
    def actor(self) -> Actor:
        """Who they are to the policy: an opaque id and their roles, of which one who left has none."""
        return Actor(self.actor_id, frozenset(map(Role, self.roles if self.is_active else ())), Kind.COLLEAGUE)

    def __str__(self) -> str:
        return self.name
