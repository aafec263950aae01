"""Who changed how Evenhand is set up, or what is recorded of a person: a log of its own."""

from enum import StrEnum

from django.db import models

from evenhand.people.models.choices import only, word


class ChangeKind(StrEnum):
    """What was changed."""

    COLLEAGUE = "colleague"
    TEAM = "team"
    LANDLORD = "landlord"
    TERMS = "terms"
    POLICY = "policy"
    REGISTER = "register"
    PERSON = "person"
    HOME = "home"
    KEY = "key"
    WEBHOOK = "webhook"
    FILE = "file"


class Change(models.Model):
    """One change, in words. Rows are only ever added. `words` never tells of anyone's health or needs."""

    at = models.DateTimeField()
    by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="changes")
    kind = word(ChangeKind)
    about = models.CharField(max_length=240)
    words = models.TextField()
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="changes")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [only(ChangeKind, "kind", "change_kind_known")]
        indexes = [models.Index(fields=["-at", "-id"], name="change_by_moment")]

    def __str__(self) -> str:
        return f"{self.about}: {self.words}"
