"""Rule 1: the contact that no limit ever binds. Nobody can switch one of these off."""

from enum import StrEnum


class Exempt(StrEnum):
    """Why a contact always gets through. The value is what machines and files say."""

    EMERGENCY_REPAIR = "emergency_repair"
    HAZARD = "hazard"
    GAS_OR_FIRE = "gas_or_fire"
    SAFEGUARDING = "safeguarding"
    DOMESTIC_ABUSE = "domestic_abuse"
    HOMELESSNESS = "homelessness"
    SOLICITOR_OR_COURT = "solicitor_or_court"
    OMBUDSMAN = "ombudsman"
    COUNCILLOR = "councillor"
    DATA_RIGHTS = "data_rights"
    ADVOCATE = "advocate"

    @property
    def words(self) -> str:
        """How it reads in a list of what always gets through."""
        return _WORDS[self]

    @property
    def is_emergency(self) -> bool:
        """Whether somebody may be in danger or without a home, so that help comes before anything else."""
        return self in EMERGENCIES


_WORDS = {
    Exempt.EMERGENCY_REPAIR: "an emergency repair",
    Exempt.HAZARD: "a hazard in the home, such as damp, mould or bare wires",
    Exempt.GAS_OR_FIRE: "gas or fire",
    Exempt.SAFEGUARDING: "someone who may be in danger",
    Exempt.DOMESTIC_ABUSE: "domestic abuse",
    Exempt.HOMELESSNESS: "homelessness",
    Exempt.SOLICITOR_OR_COURT: "a solicitor or a court",
    Exempt.OMBUDSMAN: "the Ombudsman",
    Exempt.COUNCILLOR: "an MP or a councillor",
    Exempt.DATA_RIGHTS: "a request about personal information",
    Exempt.ADVOCATE: "an advocate",
}

EMERGENCIES = frozenset(
    {
        Exempt.EMERGENCY_REPAIR,
        Exempt.HAZARD,
        Exempt.GAS_OR_FIRE,
        Exempt.SAFEGUARDING,
        Exempt.DOMESTIC_ABUSE,
        Exempt.HOMELESSNESS,
    }
)

_ALSO_CALLED = {
    "emergency": Exempt.EMERGENCY_REPAIR,
    "gas": Exempt.GAS_OR_FIRE,
    "fire": Exempt.GAS_OR_FIRE,
    "solicitor": Exempt.SOLICITOR_OR_COURT,
    "court": Exempt.SOLICITOR_OR_COURT,
    "legal": Exempt.SOLICITOR_OR_COURT,
    "mp": Exempt.COUNCILLOR,
    "mp_or_councillor": Exempt.COUNCILLOR,
    "elected": Exempt.COUNCILLOR,
    "subject_access": Exempt.DATA_RIGHTS,
    "data_protection": Exempt.DATA_RIGHTS,
}


def read(word: str) -> Exempt | None:
    """The kind that another system's word stands for: "MP", "emergency repair", "gas"; None for one nobody knows."""
    plain = "_".join(word.lower().replace("-", " ").split())
    return Exempt(plain) if plain in {each.value for each in Exempt} else _ALSO_CALLED.get(plain)
