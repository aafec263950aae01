"""Each import of the register, and the rows it could not take."""

from enum import StrEnum

from django.db import models

from evenhand.people.models.choices import only, word


class Brings(StrEnum):
    """What an import brings in."""

    REGISTER = "register"
    CONTACTS = "contacts"
    ALERTS = "alerts"


class ImportState(StrEnum):
    """How far an import has come."""

    WAITING = "waiting"
    READING = "reading the files"
    LOADING = "loading"
    DONE = "done"
    TO_CONFIRM = "waiting for confirmation"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen without a person."""
        return self not in (ImportState.WAITING, ImportState.READING, ImportState.LOADING)


def no_counts() -> dict[str, object]:
    return {}


class RegisterImport(models.Model):
    """One import. `counts` holds for each file what was read, added, changed, unchanged, ended and rejected.

    `register` is the source of the people that contacts and matters name; empty for an import of the register itself.
    `whole`: it brought the register of its source in, and not a part of it, so that the register is as new as it.
    """

    brings = word(Brings, default=Brings.REGISTER)
    source = models.CharField(max_length=60)
    register = models.CharField(max_length=60, blank=True)
    folder = models.CharField(max_length=500)
    by = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    complete = models.BooleanField(default=False)
    whole = models.BooleanField(default=False)
    dry_run = models.BooleanField(default=False)
    confirm_ending = models.BooleanField(default=False)
    state = word(ImportState, default=ImportState.WAITING)
    message = models.TextField(blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    bytes_total = models.BigIntegerField(default=0)
    bytes_done = models.BigIntegerField(default=0)
    counts = models.JSONField(default=no_counts, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            only(ImportState, "state", "register_import_state_known"),
            only(Brings, "brings", "register_import_brings_known"),
        ]

    @property
    def percent(self) -> int:
        """How much of the files has been read, in whole per cent."""
        return min(100, 100 * self.bytes_done // self.bytes_total) if self.bytes_total else 0

    def __str__(self) -> str:
        return f"{self.source}, {self.started_at:%Y-%m-%d %H:%M}"


def brought_by() -> "models.ForeignKey[RegisterImport | None, RegisterImport | None]":
    """The column of a row's last import. Imports are never deleted, so none is checked."""
    return models.ForeignKey(
        RegisterImport,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )


class RejectedRow(models.Model):
    """One thing wrong in one row, where to find it and why. `whole_row` says that nothing of the row was loaded."""

    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="rejected")
    file = models.CharField(max_length=60)
    line = models.BigIntegerField()
    column = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    whole_row = models.BooleanField(default=False)

    class Meta:
        ordering = ["file", "line", "id"]

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.column}: {self.reason}"
