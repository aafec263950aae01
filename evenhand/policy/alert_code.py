"""Rules 3 and 11: what other systems' alert codes stand for. Few of them are about conduct, and none alone is a marker.

A code is an opinion until somebody finds the dated incident it rests on. What is about a need becomes a need, what is
about a home becomes a hazard of that home, and what nobody can place is shown to a person.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from evenhand.policy.events.marker import Control, Risk
from evenhand.policy.hazard import Hazard
from evenhand.policy.need import Need

NOBODY_KNOWS = "a code that we do not know"


class About(StrEnum):
    """What a code is about, and so where it may go. Only conduct may become a marker, by a person's decision."""

    CONDUCT = "conduct"
    NEED = "need"
    HOME = "home"
    NEITHER = "neither"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Alert:
    """What one code stands for. Of `risk`, `need` and `hazard` at most one is given: what to offer to the person who
    decides. `controls` is what colleagues were told to do. `temporary`: the other system meant it for a while only.
    """

    code: str
    about: About
    words: str
    risk: Risk | None = None
    controls: tuple[Control, ...] = ()
    need: Need | None = None
    hazard: Hazard | None = None
    temporary: bool = False

    @property
    def may_become_a_marker(self) -> bool:
        """Whether it is about conduct at all. It still needs its dated incident (rule 3)."""
        return self.about is About.CONDUCT

    @property
    def warns(self) -> bool:
        """Whether colleagues were meant to take care: then they are told so while somebody finds out what happened."""
        return self.about is About.CONDUCT or self.code in WARN_WITHOUT_SAYING_WHY

    @property
    def is_kept(self) -> bool:
        """Whether there is anything for a person to decide about it."""
        return self.about is not About.NEITHER and self.words != NOBODY_KNOWS


class Scheme(StrEnum):
    """Whose list a code is from. The same letters may mean something else in another."""

    UKHDS = "UKHDS"
    HACT = "HACT"
    LETTERS = "letters"


def scheme_of(words: str) -> Scheme | None:
    """The list that is meant, in any case; None for one we do not know."""
    return SCHEMES.get(words.strip().upper())


def hact_of(controls: Collection[Control]) -> str | None:
    """The number of HACT's person alert type that says what these controls do; None where it has none for them.

    HACT's list says what to do and not why, so it follows the controls. Only lone visits are on it.
    """
    return "1" if Control.PAIRS in controls else None


def read(code: str, scheme: Scheme | None = None) -> Alert:
    """What a code stands for, written in any way: "RISK2.01", "risk 2.1", "cv", "HACT 12".

    Known are the UK Housing Data Standards' person-alert codes (RISK…), HACT's person alert types by number (HACT…),
    and the letters that a London borough made common (CV, VA, PA, CX …; with T at the end, for a while only). Where its
    scheme is told, a code is looked for in that list alone, and may leave the list's own word out ("12", "2.01").
    """
    if scheme is None:
        return _read(_plain(code))
    plain = _plain(code)
    head = HEADS[scheme]
    found = _read(plain if plain.startswith(head) else _plain(head + plain))
    return found if _is_of(found.code, scheme) else _nobody(plain)


def _is_of(code: str, scheme: Scheme) -> bool:
    named = next((each for each in (Scheme.UKHDS, Scheme.HACT) if code.startswith(HEADS[each])), Scheme.LETTERS)
    return named is scheme


def _nobody(plain: str) -> Alert:
    return Alert(plain, About.UNKNOWN, NOBODY_KNOWS)


def _read(plain: str) -> Alert:
    found = CODES.get(plain)
    if found is not None:
        return found
    lasting = CODES.get(plain[:-1]) if plain.endswith("T") and plain[:-1] in MAY_BE_TEMPORARY else None
    if lasting is not None:
        return Alert(
            plain, lasting.about, lasting.words, lasting.risk, lasting.controls, lasting.need, lasting.hazard, True
        )
    if plain.startswith("RISK1."):
        return Alert(plain, About.HOME, "about the home or someone’s health, by its group", hazard=Hazard.OTHER)
    return _nobody(plain)


def _plain(code: str) -> str:
    """Capitals without blanks or punctuation between a list's name and its number; "RISK2.1" is "RISK2.01"."""
    plain = "".join(char for char in code.upper() if char.isalnum() or char == ".")
    group, dot, number = plain.partition(".")
    if dot and group.startswith("RISK") and number.isdecimal():
        return f"{group}.{int(number):02}"
    if plain.startswith("HACT") and plain[4:].strip(".").isdecimal():
        return f"HACT{int(plain[4:].strip('.'))}"
    return plain


def _alert(code: str, words: str, means: Risk | Need | Hazard | About, *controls: Control) -> Alert:
    """What a code stands for. In: the risk of conduct, the need or the hazard that it means, or else where it goes."""
    if isinstance(means, Risk):
        return Alert(code, About.CONDUCT, words, risk=means, controls=controls)
    if isinstance(means, Need):
        return Alert(code, About.NEED, words, need=means)
    if isinstance(means, Hazard):
        return Alert(code, About.HOME, words, hazard=means)
    return Alert(code, means, words)


UKHDS = (
    _alert("RISK1.01", "some hoarding", Hazard.CLUTTER),
    _alert("RISK1.02", "moderate hoarding", Hazard.CLUTTER),
    _alert("RISK1.03", "severe hoarding", Hazard.CLUTTER),
    _alert("RISK1.05", "a cold home is a danger to someone’s health", Need.ILLNESS),
    _alert("RISK1.06", "someone’s health makes it hard to let a visitor in", Need.ILLNESS),
    _alert("RISK2.01", "physical aggression", Risk.PHYSICAL, Control.PAIRS),
    _alert("RISK2.02", "verbal abuse or threats", Risk.THREATS),
    _alert("RISK2.03", "harassment or hate behaviour", Risk.HARASSMENT),
    _alert("RISK2.04", "earlier violence", Risk.PHYSICAL, Control.PAIRS),
    _alert("RISK2.05", "weapons", Risk.WEAPON, Control.PAIRS),
    _alert("RISK2.06", "hostile surroundings", Hazard.SURROUNDINGS),
    _alert("RISK2.07", "a mental health crisis in the household", Need.MENTAL_HEALTH),
    _alert("RISK3.01", "unsafe working conditions", Hazard.UNSAFE_PREMISES),
    _alert("RISK3.02", "aggression towards contractors", Risk.UNSAFE_VISIT, Control.PAIRS),
    _alert("RISK3.03", "a dangerous pet", Hazard.ANIMAL),
)
HACT = (
    _alert("HACT1", "do not visit alone", Risk.UNSAFE_VISIT, Control.PAIRS),
    _alert("HACT2", "do not visit alone, because of anti-social behaviour", Risk.UNSAFE_VISIT, Control.PAIRS),
    _alert("HACT3", "a disability or vulnerability", Need.OTHER),
    _alert("HACT4", "hearing difficulties", Need.DEAF),
    _alert("HACT5", "impaired sight", Need.SIGHT_LOSS),
    _alert("HACT6", "an illness", Need.ILLNESS),
    _alert("HACT7", "needs physical support", Need.ILLNESS),
    _alert("HACT8", "uses a wheelchair", Need.ILLNESS),
    _alert("HACT9", "is elderly", Need.OTHER),
    _alert("HACT10", "another safeguarding alert", Need.OTHER),
    _alert("HACT11", "often misses appointments", About.NEITHER),
    _alert("HACT12", "may not be fluent in English", Need.INTERPRETER),
    _alert("HACT13", "may lack capacity to decide", Need.LACKS_CAPACITY),
)
LETTERS = (
    _alert("CV", "no lone visits", Risk.UNSAFE_VISIT, Control.PAIRS),
    _alert("CI", "no lone interviews", Risk.UNSAFE_VISIT, Control.PAIRS),
    _alert("CF", "no female colleague to visit", Risk.HARASSMENT, Control.ASK_FIRST),
    _alert("CX", "do not attend before asking whoever authorised it", Risk.UNSAFE_VISIT, Control.ASK_FIRST),
    _alert("PA", "physical abuse, or a threat of it", Risk.PHYSICAL, Control.PAIRS),
    _alert("VA", "verbal abuse, or a threat of it", Risk.THREATS),
    _alert("DA", "dangerous animals", Hazard.ANIMAL),
    _alert("UE", "an unclean or unsafe environment", Hazard.UNSAFE_PREMISES),
    _alert("DIS", "the property is in disrepair", Hazard.UNSAFE_PREMISES),
    _alert("TRA", "translation is needed", Need.INTERPRETER),
    _alert("DV", "domestic abuse", Need.DOMESTIC_ABUSE),
    _alert("APT", "the property is adapted", Need.OTHER),
    _alert("SPR", "specific requirements", Need.OTHER),
    _alert("COR", "a court order was made: ask for its terms", About.UNKNOWN),
    _alert("OI", "another kind of incident: find out what happened, and when", About.UNKNOWN),
    _alert("SA", "seek advice: find out why", About.UNKNOWN),
    _alert("VOID", "the property is empty", About.NEITHER),
    _alert("TERM", "the tenant has given notice", About.NEITHER),
)
CODES = {alert.code: alert for alert in (*UKHDS, *HACT, *LETTERS)}
MAY_BE_TEMPORARY = frozenset({"DA", "CF", "CI", "CV", "OI", "PA", "SA", "UE", "VA", "CX"})
WARN_WITHOUT_SAYING_WHY = frozenset({"OI", "OIT", "SA", "SAT"})
HEADS = {Scheme.UKHDS: "RISK", Scheme.HACT: "HACT", Scheme.LETTERS: ""}
SCHEMES = {"UKHDS": Scheme.UKHDS, "HACT": Scheme.HACT, "LETTERS": Scheme.LETTERS, "HACKNEY": Scheme.LETTERS}
