"""What is left of contacts once their time has passed: how many, and how long, and nothing that was said."""

from django.db import models

from evenhand.people.models import Person


class ContactTotal(models.Model):
    """The contacts of one person in one month (its first day, in UTC) of one channel, direction and kind of matter.

    `person` is None for contacts that were nobody's. `minutes` adds up those that are known, of `timed` contacts.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    channel = models.CharField(max_length=20, blank=True)
    direction = models.CharField(max_length=3, blank=True)
    matter_kind = models.CharField(max_length=60, blank=True)
    contacts = models.PositiveIntegerField()
    timed = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "month", "channel", "direction", "matter_kind"],
                name="contact_total_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.contacts} contacts in {self.month:%B %Y}"
