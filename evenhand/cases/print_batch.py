"""Letters for the post: many PDFs made into one to print, with a list of what is in it."""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter in a batch: where it starts (from 1), how many pages it has, and the digest of its own PDF."""

    name: str
    first_page: int
    pages: int
    sheets: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One PDF to print, and what is in it."""

    pdf: bytes
    entries: tuple[Entry, ...]

    @property
    def manifest(self) -> str:
        """The entries as CSV with a heading row, to check the envelopes against."""
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(["letter", "first page", "pages", "sheets", "sha256"])
        rows.writerows([_safe(e.name), e.first_page, e.pages, e.sheets, e.sha256] for e in self.entries)
        return text.getvalue()


def merge(letters: Sequence[tuple[str, bytes]], *, double_sided: bool = True) -> Batch:
    """Join letters (a name for the list, a PDF) into one PDF in their order.

    Double-sided, a letter with an odd number of pages gets a blank one, so that every letter starts on a sheet of its
    own. The joined PDF is for a printer: it is not tagged, and what a customer is sent stays the letter itself. The
    same letters give the same bytes. Raises ValueError when there is none, pikepdf.PdfError for what is not a PDF.
    """
    if not letters:
        raise ValueError("There is no letter to print.")
    entries: list[Entry] = []
    with pikepdf.new() as joined:
        for name, pdf in letters:
            first = len(joined.pages) + 1
            with pikepdf.open(io.BytesIO(pdf)) as letter:
                pages = len(letter.pages)
                joined.pages.extend(letter.pages)
                if double_sided and pages % 2:
                    left, bottom, right, top = (float(str(edge)) for edge in letter.pages[-1].mediabox.as_list())
                    joined.add_blank_page(page_size=(right - left, top - bottom))
            sheets = -(-pages // 2) if double_sided else pages
            entries.append(Entry(name, first, pages, sheets, hashlib.sha256(pdf).hexdigest()))
        for page in joined.pages:
            for key in ("/StructParents", "/Tabs", "/Annots"):
                if key in page:
                    del page[key]
        joined.docinfo["/Title"] = f"Letters to print: {len(letters)}"
        made = io.BytesIO()
        joined.save(made, deterministic_id=True)
    return Batch(made.getvalue(), tuple(entries))


def _safe(cell: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell
