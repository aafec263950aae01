"""How far the log was followed."""

from django.db import models


class Follower(models.Model):
    """The one row that says how far the log of all cases was read, locked by whoever reads on.

    `position` is the last row of the log that was followed; `swept_at` is when every control was last compared
    with what had been told of it, and `swept_on` the landlord's day of that.
    """

    position = models.BigIntegerField(default=0)
    swept_at = models.DateTimeField(null=True)
    swept_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"followed to {self.position}"
