"""Words in the record, within the cases that the asker works on: nobody finds by a word what they may not read."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func

from evenhand.cases import log, models, sight
from evenhand.cases.log import Entry
from evenhand.people.models import User

MOST = 20
READ = 200
"""How many events that match are looked through, the latest first, before the cases they are of are taken."""


class Words(Func):
    """The words of an event's facts, exactly as the index of migration 0004 has them, or it would not be used."""

    template = """jsonb_to_tsvector('english'::regconfig, (%(expressions)s)::jsonb, '["string"]'::jsonb)"""
    output_field = SearchVectorField()


@dataclass(frozen=True, slots=True)
class Hit:
    """A case in which the words were found, and the latest event that has them."""

    case: models.Case
    entry: Entry


def by_words(words: str, viewer: User, day: date) -> list[Hit]:
    """Cases the viewer works on in which something said has these words; at most `MOST`, the latest said first.

    In: words as one types them, “quoted” to be together, a minus before what must not be there. One query, read no
    further than `READ` events.
    """
    if not words.strip():
        return []
    whole = sight.seen_whole_by(viewer, day)
    query = SearchQuery(words, config="english", search_type="websearch")
    found = (
        models.Facts.objects.filter(event__case__in=whole)
        .annotate(words=Words(F("said")))
        .filter(words=query)
        .select_related("event__case__person", "event__case__home", "event__facts")
        .order_by("-event__at", "-event__number")[:READ]
    )
    hits: dict[int, Hit] = {}
    for facts in found:
        row = facts.event.case
        if row.pk not in hits and len(hits) < MOST:
            hits[row.pk] = Hit(row, Entry(facts.event.number, log.read(facts.event)))
    return list(hits.values())


def by_reference(words: str, viewer: User, day: date) -> models.Case | None:
    """The case with this reference, in any spelling of it, if the viewer may know of it."""
    bare = "".join(words.upper().split()).removeprefix("EH").replace("-", "").replace("–", "")
    if len(bare) != REFERENCE:
        return None
    reference = f"EH-{bare[:4]}-{bare[4:]}"
    return sight.seen_by(viewer, day).select_related("person", "home").filter(reference=reference).first()


def as_logged(words: str, viewer: User, day: date) -> str:
    """How a search is written down: the reference of the case it names, as it is, or else the words as typed.

    Of a sealed matter the log of looks then knows, however it was spelled, that nobody else is to read of the search.
    """
    case = by_reference(words, viewer, day)
    return case.reference if case else words


REFERENCE = 8
"""The letters and digits of a reference (record.new_reference)."""
