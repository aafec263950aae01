"""D1: the queues of letters, and the print batches: what waits for approval, for the post, for a person; what went."""

from datetime import date
from types import MappingProxyType

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evenhand.cases import models, posting, reading, sight
from evenhand.cases.paging import beyond
from evenhand.cases.reading import LetterRow, NotFound, Page
from evenhand.people.models import User
from evenhand.policy.standing.correspondence import Post

BatchRow = models.PrintBatch
"""A print batch as a list shows it."""
FORMATS_DUE = Exists(
    models.Task.objects.filter(case=OuterRef("case"), verb="correspondence.deliver_format", subject=OuterRef("letter"))
)
OUT_OF_DATE = Exists(
    models.Task.objects.filter(case=OuterRef("case"), verb="correspondence.set_aside", subject=OuterRef("letter"))
)
QUEUES = MappingProxyType(
    {
        "approve": (Q(post=Post.DRAFT), ("-adverse", "send_by", "pk")),
        "person": (Q(post__in=(Post.UNCERTAIN, Post.RETURNED)), ("send_by", "pk")),
        "going": (Q(post=Post.ISSUED), ("send_by", "pk")),
        "formats": (Q(FORMATS_DUE), ("send_by", "pk")),
        "sent": (Q(post=Post.SENT), ("-pk",)),
        "aside": (Q(post=Post.SET_ASIDE), ("-pk",)),
    }
)
"""Which letters each queue holds, and in what order: what is against the customer first, then the soonest due."""


def queue(
    viewer: User, day: date, show: str, *, kind: str = "", mine: bool = False, after: str = ""
) -> Page[LetterRow]:
    """Letters of the cases the viewer works on. `show` is a key of `QUEUES`; `after` the reference of the
    last letter of the page before.

    A letter whose notice is withheld says so (`withheld`): nobody approves it before that ends.
    """
    wanted, order = QUEUES[show]
    found = _letters(viewer, day, wanted).select_related("case", "case__person").defer("sent_bytes", "data")
    withheld = models.LiveControl.objects.filter(case=OuterRef("case"), control=OuterRef("about"), withheld=True)
    found = found.annotate(withheld=Exists(withheld), overtaken=OUT_OF_DATE)
    if kind:
        found = found.filter(kind=kind)
    if mine:
        found = found.filter(case__holder=viewer.actor.id)
    if after and (last := _letters(viewer, day, Q(reference=after)).first()):
        found = found.filter(beyond(order, [getattr(last, name.lstrip("-")) for name in order]))
    rows = list(found.order_by(*order)[: reading.PAGE + 1])
    return Page(tuple(rows[: reading.PAGE]), rows[reading.PAGE - 1].reference if len(rows) > reading.PAGE else None)


def how_many(viewer: User, day: date, show: str) -> int:
    """How many a queue holds, counted no further than one more than a page."""
    return _letters(viewer, day, QUEUES[show][0])[: reading.PAGE + 1].count()


def _letters(viewer: User, day: date, wanted: Q) -> QuerySet[models.Letter]:
    return models.Letter.objects.filter(wanted, sight.whole(viewer, day, reading.OF_CASE))


BATCH_PAGE = 20


def to_print(viewer: User, day: date) -> list[int]:
    """The ids of the letters that wait to be printed and that the viewer may see, those due soonest first."""
    seen = sight.seen_whole_by(viewer, day)
    return list(posting.waiting().filter(case__in=seen).values_list("pk", flat=True))


def batches(viewer: User, day: date, *, after: str = "") -> Page[BatchRow]:
    """Print batches, newest first, all of whose letters the viewer may see; `after` is a batch's reference."""
    found = _batches(viewer, day).annotate(count=Count("letters")).order_by("-pk")
    if after and (last := _batches(viewer, day).filter(reference=after).first()):
        found = found.filter(pk__lt=last.pk)
    rows = list(found[: BATCH_PAGE + 1])
    return Page(tuple(rows[:BATCH_PAGE]), rows[BATCH_PAGE - 1].reference if len(rows) > BATCH_PAGE else None)


def batch(reference: str, viewer: User, day: date) -> BatchRow:
    """One batch without its bytes. Raises `NotFound` where to the viewer there is none."""
    found = _batches(viewer, day).filter(reference=reference).first()
    if found is None:
        raise NotFound(reference)
    return found


def letters_in(batch: BatchRow) -> list[LetterRow]:
    """The letters of a batch in the order in which they were printed. One whose matter is over since says so
    (`overtaken`): it is taken out of the post and set aside."""
    found = batch.letters.select_related("case", "case__person").defer("sent_bytes", "data")
    found = found.annotate(overtaken=OUT_OF_DATE)
    return list(found.order_by("send_by", "pk"))


def pdf_of(batch: BatchRow) -> bytes:
    """What is to be printed."""
    return bytes(models.PrintBatch.objects.values_list("pdf", flat=True).get(pk=batch.pk))


def _batches(viewer: User, day: date) -> QuerySet[models.PrintBatch]:
    """A batch shows names and addresses, so whoever may not see one of its letters does not see the batch; one that no
    letter is in any more, as an earlier release left them, nobody sees."""
    seen = sight.seen_whole_by(viewer, day).values("pk")
    here = models.Letter.objects.filter(batch=OuterRef("pk"))
    gone_again = models.EarlierIssue.objects.filter(batch=OuterRef("pk"))
    now, before = here.exclude(case__in=seen), gone_again.exclude(letter__case__in=seen)
    found = models.PrintBatch.objects.filter(~Exists(now), ~Exists(before))
    return found.filter(Exists(here) | Exists(gone_again)).defer("pdf")
