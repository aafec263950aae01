"""Between whom a letter goes: the landlord, the customer it is for, and who is asked about it.

Facts only, kept and read again as those of `correspondence` are.
"""

from dataclasses import dataclass

NO_WAY = "ask someone you trust to ask us for you"
"""What is left where neither the telephone nor anything written suits someone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landlord:
    """Who writes. `nation` is england, wales, scotland or northern-ireland: it picks the Ombudsman and the advisers."""

    name: str
    address: tuple[str, ...]
    telephone: str
    email: str
    emergency_telephone: str
    complaints: str
    """How to complain, as the end of "You can …": "call 0161 … or write to complaints@…"."""
    nation: str = "england"
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom the envelope and the greeting name: one person, never a joint tenant beside them."""

    name: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who to talk to about this letter: a name that may be shown to the customer, with a team's number."""

    name: str
    team: str
    telephone: str
    email: str
    closed: tuple[str, ...] = ()
    """What the customer is not asked to use ("email"): a limit of theirs closes it, or it does not suit them."""

    @property
    def ways(self) -> str:
        """How to reach them, as the end of "You can …": only by what is open to this customer."""
        every = (
            ("phone", f"call {self.telephone}" if self.telephone else ""),
            ("email", f"email {self.email}" if self.email else ""),
            ("letter", "write to us"),
        )
        *most, last = [words for way, words in every if words and way not in self.closed] or [NO_WAY]
        return f"{', '.join(most)} or {last}" if most else last
