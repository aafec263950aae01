"""The tables of this floor, one file a concept."""

from evenhand.people.models.alert import InheritedAlert
from evenhand.people.models.change import Change
from evenhand.people.models.colleague import Team, User
from evenhand.people.models.hazard import HomeHazard
from evenhand.people.models.home import Home, HomeVisit, Tenancy, TenancyPerson
from evenhand.people.models.landlord import Landlord, PolicyVersion, Provenance
from evenhand.people.models.look import Look
from evenhand.people.models.merge import Merge
from evenhand.people.models.person import Need, Person, Representative
from evenhand.people.models.register import RegisterImport, RejectedRow
from evenhand.people.models.session import Session

__all__ = [
    "Change",
    "Home",
    "HomeHazard",
    "HomeVisit",
    "InheritedAlert",
    "Landlord",
    "Look",
    "Merge",
    "Need",
    "Person",
    "PolicyVersion",
    "Provenance",
    "RegisterImport",
    "RejectedRow",
    "Representative",
    "Session",
    "Team",
    "Tenancy",
    "TenancyPerson",
    "User",
]
