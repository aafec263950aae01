"""The verbs of a case's menu under the headings of its tabs; in a sealed matter, only those it can ever have."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.policy.events.handling import Matter
from evenhand.policy.visibility import Part, part_of_verb
from evenhand.web.case_step import Shown

GROUPS: tuple[tuple[str, frozenset[Part]], ...] = (
    ("Incidents and evidence", frozenset({Part.REPORT, Part.AFFECTED})),
    ("Account and support", frozenset({Part.ACCOUNT, Part.SUPPORT, Part.ALLEGATION, Part.WELFARE})),
    ("Decision and appeals", frozenset({Part.DECISION, Part.APPEAL})),
    ("Limits and markers", frozenset({Part.CONTROLS})),
    ("Police and courts", frozenset({Part.POLICE, Part.LEGAL})),
    ("The case itself", frozenset({Part.HANDLING})),
)
OF_MATTER = {
    Matter.LEGAL: frozenset({"legal_action", "assessment"}),
    Matter.COUNTER_ALLEGATION: frozenset({"counter_allegation"}),
    Matter.WELFARE: frozenset({"welfare"}),
}
"""What each kind of sealed matter is carried on by."""
OF_EVERY_MATTER = frozenset({"handling", "disposal"})
NOT_OF_A_MATTER = frozenset(
    {
        "handling.link",
        "counter_allegation.record",
        "counter_allegation.settle",
        "legal_action.consider",
        "legal_action.consider_without_notice",
        "welfare.open",
    }
)
"""What opens another matter, or is done in the case that a matter is about."""


@dataclass(frozen=True, slots=True)
class Group:
    """Verbs that a colleague looks for in one place."""

    words: str
    steps: tuple[Shown, ...]


def ever_in(matter: Matter, verb: str) -> bool:
    """Whether a verb may ever be used in this kind of log. A case of conduct may have any."""
    if not matter.is_sealed:
        return True
    concept = verb.partition(".")[0]
    return concept in OF_MATTER[matter] | OF_EVERY_MATTER and verb not in NOT_OF_A_MATTER


def grouped(steps: Iterable[Shown]) -> list[Group]:
    """The steps under the headings under which they are looked for; a heading without any is left out."""
    listed = list(steps)
    made = [Group(words, tuple(step for step in listed if part_of_verb(step.verb) in parts)) for words, parts in GROUPS]
    return [group for group in made if group.steps]
