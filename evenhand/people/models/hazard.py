"""What may hurt a visitor to a home: it belongs to the home and follows nobody who moves."""

from django.db import models

from evenhand.people.models.choices import only, word
from evenhand.people.models.home import Home
from evenhand.policy.hazard import Hazard


class HomeHazard(models.Model):
    """A hazard from the day it was recorded until it is ended; `ended_on` is the first day without it.

    `seen_on` is when somebody last found it still there. It is looked at again by `review_on`, and as soon as a tenancy
    of the home begins or ends: a dog may move with whoever keeps it.
    """

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="hazards")
    kind = word(Hazard)
    detail = models.CharField(max_length=400, blank=True)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField()
    seen_by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints = [only(Hazard, "kind", "home_hazard_kind_known")]
        indexes = [
            models.Index(fields=["home"], name="hazard_of_home", condition=models.Q(ended_on__isnull=True)),
            models.Index(fields=["review_on", "id"], name="hazard_review", condition=models.Q(ended_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.home}"
