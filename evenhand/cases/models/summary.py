"""What lists and look-ups read, made again from the log whenever it grows."""

from django.db import models

from evenhand.cases.models.log import Case
from evenhand.people.models import Home, Person


class LiveControl(models.Model):
    """A limit, a single contact or a marker that nobody ended, with the days that say whether it holds.

    A safety instruction stands on a home, while nobody knows who it was (rule 20); all others follow a person. What is
    expected of somebody without a limit is a kind of its own: it ends and is reviewed as a limit is, and binds nothing.

    Whether it is in force is a comparison of dates when asked, never the work of a job. `reference` is the case's, in
    the list's own table: a page of what is reviewed is then read in its order from an index.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="controls")
    reference = models.CharField(max_length=16)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="controls")
    home = models.ForeignKey(Home, null=True, blank=True, on_delete=models.PROTECT, related_name="instructions")
    kind = models.CharField(max_length=20)
    control = models.CharField(max_length=12)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    notify_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    high = models.BooleanField(default=False)
    under_appeal = models.BooleanField(default=False)
    withheld = models.BooleanField(default=False)
    audience = models.CharField(max_length=120, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "control"], name="live_control_once")]
        indexes = [
            models.Index(fields=["person", "kind"], name="control_of_person"),
            models.Index(fields=["home", "ends_on"], name="control_of_home", condition=models.Q(home__isnull=False)),
            models.Index(fields=["kind", "review_on", "id"], name="control_review"),
            models.Index(
                fields=["review_on", "reference"], name="control_soonest", condition=models.Q(review_on__isnull=False)
            ),
            models.Index(fields=["ends_on"], name="control_end"),
            models.Index(fields=["notify_on"], name="control_notify", condition=models.Q(notify_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.control}"


class Task(models.Model):
    """One thing due in a case (policy/deadline.py), with its day as an indexed column, and with the case's `reference`,
    by which those of one day are in order: a page of them is read from an index and no further."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    reference = models.CharField(max_length=16)
    on = models.DateField()
    what = models.CharField(max_length=200)
    promise = models.CharField(max_length=4)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=240, blank=True)
    role = models.CharField(max_length=40)
    holder = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["role", "on", "reference"], name="task_of_role"),
            models.Index(fields=["holder", "role", "on"], name="task_of_holder"),
            models.Index(fields=["on", "reference"], name="task_soonest"),
            models.Index(fields=["on", "reference"], name="task_appeal", condition=models.Q(verb="appeal.decide")),
            models.Index(fields=["case"], name="task_format", condition=models.Q(verb="correspondence.deliver_format")),
        ]

    def __str__(self) -> str:
        return self.what


class Exhibit(models.Model):
    """A file kept with an incident or an account, by its digest; what it shows is described in words."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    reference = models.CharField(max_length=16, unique=True)
    part = models.CharField(max_length=40)
    about = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=200)
    described = models.CharField(max_length=400, blank=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["case", "added_at"], name="exhibit_of_case")]

    def __str__(self) -> str:
        return self.name
