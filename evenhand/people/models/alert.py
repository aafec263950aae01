"""Rules 3 and 11: what an older system warned of, kept apart from markers until a person has decided about it."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from evenhand.people.models.choices import only, word
from evenhand.people.models.register import brought_by
from evenhand.policy.alert_code import About, Alert, read


class Settled(StrEnum):
    """What somebody decided about an inherited alert."""

    REPORTED = "the incident behind it was reported"
    NEED = "recorded as a need"
    HAZARD = "recorded as a hazard of the home"
    LET_GO = "let go"


class InheritedAlert(models.Model):
    """One code that an older system holds about a person, or about a home where it names nobody.

    It is told to whoever visits from the day it came until `until`, if its code warns; then it is silent and overdue.
    `note` is the older system's own, and goes when the alert is settled. `case` is the reference of the report.
    """

    source = models.CharField(max_length=60)
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="alerts")
    home = models.ForeignKey("people.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="alerts")
    code = models.CharField(max_length=20)
    about = word(About)
    warns = models.BooleanField()
    since = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)
    received_on = models.DateField()
    until = models.DateField()
    settled = word(Settled, blank=True, default="")
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    case = models.CharField(max_length=20, blank=True)
    last_changed_in = brought_by()

    class Meta:
        constraints = [
            only(About, "about", "inherited_alert_about_known"),
            only(Settled, "settled", "inherited_alert_settled_known", empty=True),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(home__isnull=False), name="inherited_alert_of_someone"
            ),
            models.UniqueConstraint(
                fields=["source", "person", "code"],
                name="inherited_alert_once_a_person",
                condition=Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["source", "home", "code"], name="inherited_alert_once_a_home", condition=Q(person__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["until", "id"], name="inherited_alert_open", condition=Q(settled="")),
            models.Index(fields=["person"], name="inherited_alert_warns", condition=Q(warns=True)),
            models.Index(fields=["home"], name="inherited_alert_warns_home", condition=Q(warns=True)),
        ]

    @property
    def means(self) -> Alert:
        """What its code stands for."""
        return read(self.code)

    def __str__(self) -> str:
        return f"{self.code} of {self.source}"
