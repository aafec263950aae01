"""The ombudsman for tenants in each nation, as every letter must name it."""

from dataclasses import dataclass

from evenhand.policy.terms import Nation


@dataclass(frozen=True, slots=True)
class Ombudsman:
    """Who settles what the landlord did not. All of it is printed in letters, so all of it is public."""

    name: str
    website: str
    telephone: str
    address: str


OMBUDSMEN = {
    Nation.ENGLAND: Ombudsman(
        "Housing Ombudsman Service",
        "www.housing-ombudsman.org.uk",
        "0300 111 3000",
        "PO Box 1484, Unit D, Preston, PR2 0ET",
    ),
    Nation.WALES: Ombudsman(
        "Public Services Ombudsman for Wales",
        "www.ombudsman.wales",
        "0300 790 0203",
        "1 Ffordd yr Hen Gae, Pencoed, CF35 5LJ",
    ),
    Nation.SCOTLAND: Ombudsman(
        "Scottish Public Services Ombudsman",
        "www.spso.org.uk",
        "0800 377 7330",
        "Bridgeside House, 99 McDonald Road, Edinburgh, EH7 4NS",
    ),
    Nation.NORTHERN_IRELAND: Ombudsman(
        "Northern Ireland Public Services Ombudsman",
        "www.nipso.org.uk",
        "0800 34 34 24",
        "Progressive House, 33 Wellington Place, Belfast, BT1 6HN",
    ),
}
