"""Carries out the lists of disposals that two colleagues agreed to: a case at a time, each whole or not at all.

Who was told of what in a case goes once its tombstone stands (retention.py), but for whoever is still to be told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from evenhand.cases import disposal_queue, disposing
from evenhand.cases.circumstances import Moment
from evenhand.cases.disposing import Gone
from evenhand.policy.refusal import Refused
from evenhand.sharing import retention


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: `trouble` says why it stayed, empty when it went."""

    reference: str
    trouble: str = ""


def carry_out(moment: Moment) -> Iterator[Outcome]:
    """Everything agreed to and not yet done. A case in which something happened meanwhile stays, and its list says why.

    Raises `NotNoted` where a disposal cannot be noted outside the database: that case stays, and those after it.
    """
    for item in disposal_queue.agreed():
        try:
            with transaction.atomic():
                gone = disposing.dispose_of(item.reference, moment, item.prepared_by, item.approved_by)
                disposal_queue.done(item, moment.at)
        except Refused as refused:
            disposal_queue.stayed(item, str(refused))
            yield Outcome(item.reference, str(refused))
            continue
        disposing.sweep([gone])
        yield Outcome(item.reference)
    disposal_queue.close(moment.at)
    retention.forget(moment)


def carry_out_again(noted: list[dict[str, object]], moment: Moment) -> Iterator[Outcome]:
    """For a restore: the disposals noted since the backup was taken. Out: the cases that went, and those that stay."""
    for each in noted:
        try:
            with transaction.atomic():
                gone: Gone | None = disposing.dispose_again(each, moment)
        except Refused as refused:
            yield Outcome(str(each["case"]), str(refused))
            continue
        if gone is not None:
            disposing.sweep([gone])
            yield Outcome(str(each["case"]))
    retention.forget(moment)
