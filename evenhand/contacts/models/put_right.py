"""C2: what is ours and has to be put right: which matter, by whom, by when, and what was said of it on the way."""

from enum import StrEnum

from django.db import models

from evenhand.contacts.models.matter import Matter
from evenhand.people.models.choices import only, word


class PutRight(models.Model):
    """One matter that a named colleague puts right by a day; `what` is left to do, and `done_on` says when it was done.

    A matter has one of these open at a time. What was said of it, and by whom, is in its steps.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    who = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    by_day = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["by_day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(done_on=None), name="put_right_by_one_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["who", "by_day"], condition=models.Q(done_on=None), name="put_right_by_whom"),
            models.Index(fields=["by_day", "id"], condition=models.Q(done_on=None), name="put_right_by_when"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} by {self.by_day}"


class Step(StrEnum):
    """What somebody said of putting a matter right."""

    ASKED = "asked"
    CHANGED = "changed"
    DONE = "done"
    NOT_DONE = "not done after all"


class PutRightStep(models.Model):
    """One thing that was said of it, in `words`; only ever added to. `who` and `by_day` are as they were from then."""

    task = models.ForeignKey(PutRight, on_delete=models.PROTECT, related_name="steps")
    step = word(Step)
    words = models.TextField()
    who = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    by_day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [only(Step, "step", "put_right_step_known")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.step}"
