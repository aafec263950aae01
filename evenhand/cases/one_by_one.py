"""Acts by the system, each in its own transaction: one that fails is told of and never stops the others."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from evenhand.cases import record
from evenhand.cases.circumstances import Moment
from evenhand.database.trouble import trouble_in, will_pass
from evenhand.policy.refusal import Refused
from evenhand.policy.staff import SYSTEM

log = logging.getLogger(__name__)


class SomeFailed(Exception):
    """Some acts failed for a reason that is not the policy's; the others were done. The log says which and why."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act on one case: a verb, its subject and its answers."""

    reference: str
    verb: record.Act
    subject: str | None
    answers: dict[str, Any]


def act(reference: str, verb: record.Act, subject: str | None = None, **answers: Any) -> Act:
    return Act(reference, verb, subject, answers)


def do(acts: Iterable[Act], moment: Moment) -> list[str]:
    """Does each act as the system. One that the policy refuses is no longer due and is passed over.

    Out: the references of the cases in which something was done. Raises `SomeFailed` after all were tried.
    """
    return each(acts, lambda one: _done(one, moment))


def each(things: Iterable[Any], deed: Callable[[Any], str | None]) -> list[str]:
    """Does `deed` to each thing. Out: what the deeds gave, without the empty ones. Raises `SomeFailed` at the end."""
    done, failed, again = [], 0, None
    for thing in things:
        try:
            found = deed(thing)
        except Exception as error:
            if (trouble := trouble_in(error)) and trouble.for_all:
                raise  # for every thing alike; the whole job is done again once the database answers
            log.exception("Could not do %s", deed)
            failed, again = failed + 1, error if will_pass(error) else again
        else:
            done += [found] if found else []
    if failed:
        # Where one of them only came at a bad moment, whoever runs the job reads so off the cause, and does it again.
        raise SomeFailed(f"{failed} could not be done; {len(done)} were.") from again
    return done


def _done(one: Act, moment: Moment) -> str | None:
    try:
        record.act_on(one.reference, record.Ask(SYSTEM, moment), one.verb, one.subject, **one.answers)
    except Refused:
        return None
    return one.reference
