"""D1, rule 19: what is left of letters printed together when one of them goes: the sheets of all the others.

Another case's letters in the same batch may be held, or in their time yet: the file that was printed is made again of
theirs, and of the one that goes nothing stays, neither its sheets nor its line in the list.
"""

import csv
import hashlib
import io

from evenhand.cases import models, print_batch

Issue = tuple[str, str]
"""A letter's reference, and the digest of its sheets: one that was issued again has others now."""


def of_case(row: models.Case) -> list[int]:
    """The batches that a letter of this case is in, as it went or as it was sent before."""
    now = models.Letter.objects.filter(case=row, batch__isnull=False).values_list("batch", flat=True)
    before = models.EarlierIssue.objects.filter(letter__case=row, batch__isnull=False).values_list("batch", flat=True)
    return sorted({*now, *before})


def of_cases(references: frozenset[str]) -> list[str]:
    """The references of the batches that a letter of one of these cases is in."""
    rows = models.PrintBatch.objects
    now = rows.filter(letters__case__reference__in=references).values_list("reference", flat=True)
    before = rows.filter(earlier_issues__letter__case__reference__in=references).values_list("reference", flat=True)
    return sorted({*now, *before})


def make_again(batches: list[int]) -> None:
    """Each of these batches, of the letters that are still there; one of which none is there goes."""
    for batch in models.PrintBatch.objects.select_for_update().filter(pk__in=batches).order_by("pk"):
        there = _there(batch)
        pages = [(name, there[issue]) for name, issue in _printed(batch) if issue in there]
        if not there:
            batch.delete()
            continue
        # One that an earlier release emptied has no list to make it again by: each letter has its own sheets still.
        pdf, manifest = b"", ""
        if pages:
            merged = print_batch.merge(pages)
            pdf, manifest = merged.pdf, merged.manifest
        sha256 = hashlib.sha256(pdf).hexdigest()
        models.PrintBatch.objects.filter(pk=batch.pk).update(pdf=pdf, manifest=manifest, sha256=sha256)


def _there(batch: models.PrintBatch) -> dict[Issue, bytes]:
    """The sheets of each letter that is there, as it is or as it was sent before."""
    issues = [(each.reference, each.sent_bytes) for each in batch.letters.all()]
    issues += [(each.letter.reference, each.sent_bytes) for each in batch.earlier_issues.select_related("letter")]
    return {(name, hashlib.sha256(sheets := bytes(kept or b"")).hexdigest()): sheets for name, kept in issues}


def _printed(batch: models.PrintBatch) -> list[tuple[str, Issue]]:
    """As the list has it: whom each envelope names, and which letter was put into it."""
    rows = csv.DictReader(io.StringIO(batch.manifest))
    return [(row["letter"], (row["letter"].partition(":")[0], row["sha256"])) for row in rows]
