"""C1, C2: what the policy calls unacceptable behaviour and unreasonable demands, and what may be found."""

from collections.abc import Iterable
from enum import StrEnum


class Conduct(StrEnum):
    """The closed list that a report alleges and a finding answers: five behaviours, seven demands."""

    VIOLENCE = "violence"
    THREATS = "threats of violence or harm"
    SHOUTING = "excessive shouting or abusive language"
    PERSONAL_ABUSE = "personal abuse"
    DISCRIMINATION = "derogatory or discriminatory remarks"
    REPEATED_CONTACT = "repeated contact with no time to respond"
    EXCESSIVE_EMAILS = "excessive emails"
    IMMEDIATE_RESPONSES = "expecting immediate answers against agreed timescales"
    SENIOR_ONLY = "demanding senior colleagues and refusing others"
    NOT_SPECIFIC = "refusing to be specific"
    SETTLED_ISSUES = "returning to settled old issues"
    EXHAUSTED_COMPLAINT = "pursuing an exhausted complaint"

    @property
    def is_behaviour(self) -> bool:
        """Whether this is one of the policy's behaviours (C1); the others are its demands (C2)."""
        return self in BEHAVIOURS

    @property
    def is_serious(self) -> bool:
        """Whether it alone allows a provisional marker, and a belief that a crime was committed (rule 7, P1)."""
        return self in SERIOUS


BEHAVIOURS = frozenset(
    {Conduct.VIOLENCE, Conduct.THREATS, Conduct.SHOUTING, Conduct.PERSONAL_ABUSE, Conduct.DISCRIMINATION}
)
DEMANDS = frozenset(Conduct) - BEHAVIOURS
SERIOUS = frozenset({Conduct.VIOLENCE, Conduct.THREATS})


def in_order(conducts: Iterable[Conduct]) -> list[Conduct]:
    """These in the order of the list, which begins with what is most serious: the same wherever they are shown."""
    among = frozenset(conducts)
    return [each for each in Conduct if each in among]


class Finding(StrEnum):
    """What is found of one alleged conduct. `NEITHER` is not adverse and needs no account (I2)."""

    UNACCEPTABLE = "unacceptable"
    UNREASONABLE = "unreasonable"
    NEITHER = "neither"

    @property
    def is_adverse(self) -> bool:
        return self is not Finding.NEITHER

    def fits(self, conduct: Conduct) -> bool:
        """Behaviour may be unacceptable, a demand may be unreasonable, and either may be neither."""
        match self:
            case Finding.UNACCEPTABLE:
                return conduct.is_behaviour
            case Finding.UNREASONABLE:
                return not conduct.is_behaviour
            case _:
                return True
