"""The landlord's terms as they are kept: only what differs from the policy's defaults, always within its bounds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.terms import Terms, out_of_bounds


@dataclass(frozen=True, slots=True)
class Term:
    """A number that a landlord may set: its name, label, default and bounds."""

    name: str
    words: str
    default: int
    least: int
    most: int


def settable(kind: type[Terms] | type[DemandTerms] = Terms) -> list[Term]:
    """Every term of a kind that a landlord may set, in the order of the policy."""
    defaults = kind()
    return [
        Term(f.name, f.metadata["words"], getattr(defaults, f.name), f.metadata["least"], f.metadata["most"])
        for f in fields(kind)
        if f.metadata
    ]


def to_keep(values: Mapping[str, int], kind: type[Terms] | type[DemandTerms] = Terms) -> dict[str, int]:
    """What is stored of these values: those that differ from the default, so that a new default is followed."""
    return {
        term.name: values[term.name] for term in settable(kind) if values.get(term.name, term.default) != term.default
    }


def problems(stored: object) -> Iterator[str]:
    """What is wrong with terms as they are stored, in words: a name nobody knows, a value out of its bounds."""
    if not isinstance(stored, dict):
        yield "The landlord’s terms cannot be read. Set them again on the administrators’ page."
        return
    known = {term.name for term in settable()}
    for name, value in stored.items():
        if name not in known:
            yield f"There is no term called “{name}”. Take it out of the landlord’s terms."
        elif wrong := out_of_bounds(name, value):
            yield f"{wrong}. Set it on the administrators’ page."
