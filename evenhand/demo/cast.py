"""The invented landlord and its colleagues: one of each kind, and enough that nobody has to judge their own case."""

from datetime import date

from evenhand.people import colleague
from evenhand.people.models import Landlord, PolicyVersion, Team, User
from evenhand.people.roles import held_by
from evenhand.policy.staff import Role

ROLES = {
    "amira.khan": ("Amira", "Khan", "Call handler", "Contact Centre", [Role.COLLEAGUE]),
    "dev.patel": ("Dev", "Patel", "Repairs operative", "Repairs", [Role.COLLEAGUE]),
    "lena.fischer": ("Lena", "Fischer", "Duty officer", "Neighbourhoods", [Role.COLLEAGUE, Role.DUTY]),
    "tom.ashworth": ("Tom", "Ashworth", "Investigator", "Customer Conduct", [Role.COLLEAGUE, Role.INVESTIGATOR]),
    "grace.obi": ("Grace", "Obi", "Investigator", "Customer Conduct", [Role.COLLEAGUE, Role.INVESTIGATOR]),
    "helen.marsh": ("Helen", "Marsh", "Successful Tenancies Manager", "Customer Conduct", [Role.MANAGER]),
    "owen.price": ("Owen", "Price", "Neighbourhood Manager", "Neighbourhoods", [Role.MANAGER]),
    "ruth.adeyemi": ("Ruth", "Adeyemi", "Head of Housing", "Leadership", [Role.SENIOR_MANAGER]),
    "iain.kerr": ("Iain", "Kerr", "Head of Customer Services", "Leadership", [Role.SENIOR_MANAGER]),
    "sofia.bianchi": ("Sofia", "Bianchi", "Director of Housing", "Leadership", [Role.DIRECTOR]),
    "joy.mensah": ("Joy", "Mensah", "Customer Partner", "Customer Partners", [Role.COLLEAGUE, Role.CUSTOMER_PARTNER]),
    "carol.dunn": ("Carol", "Dunn", "Repairs scheduler", "Repairs", [Role.COLLEAGUE, Role.PLANNER]),
    "neil.foster": ("Neil", "Foster", "Data Protection Officer", "Governance", [Role.DATA_PROTECTION]),
    "priya.nair": ("Priya", "Nair", "Systems administrator", "Governance", [Role.COLLEAGUE, Role.ADMINISTRATOR]),
    "edith.lowe": ("Edith", "Lowe", "Board member", "Governance", [Role.INDEPENDENT]),
}


def landlord(today: date) -> None:
    """Who the invented landlord is, and the policy it works under."""
    Landlord.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Evenham Homes",
            "address": "Harbour House\n1 Quay Street\nPort Evenham\nZE1 1AA",
            "telephone": "0113 496 0100",
            "emergency_telephone": "0113 496 0999",
            "email": "conduct@evenham.example",
            "complaints_route": "call 0113 496 0100 or write to complaints@evenham.example",
        },
    )
    PolicyVersion.objects.get_or_create(
        version="1",
        defaults={
            "title": "Customer Conduct Policy",
            "owner": "Director of Housing",
            "supporter": "Successful Tenancies Manager",
            "ratifier": "Executive team",
            "ratified_on": date(2024, 6, 25),
            "review_on": date(2024, 6, 25),
            "next_review_on": date(2027, 6, 30),
            "equality_screen": "Initial screen carried out.",
            "consultation": "With customers, before the next review.",
            "related_policies": ["Antisocial Behaviour", "Complaints", "Lone Working", "Equality and Diversity"],
        },
    )


def colleagues() -> dict[str, User]:
    """Everyone who signs in to the demonstration, by the name before the @."""
    made = {}
    for name, (first, last, job, team_name, roles) in ROLES.items():
        team, _ = Team.objects.get_or_create(
            name=team_name, defaults={"telephone": "0113 496 0101", "email": "team@evenham.example"}
        )
        held = held_by(roles)
        made[name] = colleague.join(
            f"{name}@evenham.example", first, last, held, team=team, job_title=job, telephone="0113 496 0101"
        )
    return made
