"""What a restored record needs before anybody works on: files that were lost, letters that may have gone since."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from evenhand.cases import answer_sending, models, sending
from evenhand.cases.circumstances import Moment
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.standing.correspondence import Post

MAY_HAVE_GONE = (
    "Evenhand was restored from a backup in which this letter waited to be sent. It may have been sent since then."
)


def lost_files() -> Iterator[str]:
    """Files that the record names and that are not there, or not as they were kept."""
    for row in models.Exhibit.objects.select_related("case").order_by("pk").iterator():
        try:
            with default_storage.open(row.stored_as) as file:
                digest = hashlib.sha256()
                for chunk in file.chunks():
                    digest.update(chunk)
        except FileNotFoundError:
            yield f"{row.case.reference}: a file is missing ({row.reference})"
            continue
        if digest.hexdigest() != row.sha256:
            yield f"{row.case.reference}: a file is not what was kept ({row.reference})"


def doubt_letters(moment: Moment) -> list[str]:
    """Letters that waited to go by email when the backup was taken, answers to objections among them: a person finds
    out, and none goes twice.

    Out: their references.
    """
    waiting = models.Letter.objects.filter(post=Post.ISSUED, delivery=Delivery.EMAIL).select_related("case")
    doubted = []
    for letter in waiting.order_by("pk"):
        sending.doubt(letter, moment, MAY_HAVE_GONE)
        doubted.append(letter.reference)
    return [*doubted, *answer_sending.doubt_waiting(moment, MAY_HAVE_GONE)]
