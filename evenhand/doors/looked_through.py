"""Files that come with a form are looked through for viruses before the form does anything: at every door, by one page.

All else about the form is judged first, so that nobody waits for the scanner twice; and no row is locked meanwhile.
"""

import logging
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from evenhand.clamd import Readable
from evenhand.doors.clock import now
from evenhand.people import changes, virus
from evenhand.people.models import User
from evenhand.people.models.change import ChangeKind
from evenhand.people.text import tidy

log = logging.getLogger(__name__)
WITHOUT = "The form can be sent without it."
OTHERS = "Choose the other files again: a browser does not keep them when a page comes back."


class FilesLookedThrough:
    """A view of a form that may have files; mixed in before what shows the form and acts on it."""

    title: str
    colleague: User

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view: Any = self
        form: Form = view.get_form()
        ready = form.is_valid() and self.are_clean(form)
        shown: HttpResponse = view.form_valid(form) if ready else view.form_invalid(form)
        return shown

    def are_clean(self, form: Form) -> bool:
        """Whether every file of a form that is right otherwise may be kept; if not, the form says why beside them."""
        for name, field in form.fields.items():
            files = [file for file in _listed(form.cleaned_data.get(name)) if isinstance(file, UploadedFile)]
            wrong = virus.wrong_with(piece for file in files for piece in self.pieces(file))
            for found in dict.fromkeys(each.found for each in wrong if each.found):
                note(self.colleague, self.title, found)
            for each in wrong:
                form.add_error(name, each.words if field.required else f"{each.words} {WITHOUT}")
            if wrong and len(files) > 1:
                form.add_error(name, OTHERS)
        return form.is_valid()

    def pieces(self, file: Any) -> Iterator[tuple[str, Readable]]:
        """A file by its name as the scanner is given it. A view that unpacks it gives what it takes from it too."""
        file.seek(0)
        yield tidy(str(file.name)), file
        file.seek(0)


def note(by: User, where: str, found: str) -> None:
    """A file with a virus was refused: told in the log, and kept in the trail. Nothing of the file is, nor its name,
    which often says whom it is about; the colleague who sent it can be asked."""
    found = tidy(found)[:100]
    log.warning("a file with a virus was refused: %s, sent by %s", found, by.actor_id)
    words = f"The virus scanner found {found} in a file sent on “{where}”. Nothing of the file was kept."
    changes.note(by, now().at, ChangeKind.FILE, "A file was refused", words)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
