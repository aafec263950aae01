"""A story of which most colleagues know nothing."""

from evenhand.demo.stage import Stage
from evenhand.people.models import Person
from evenhand.people.reading import tenancies
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.legal_action import Against, Remedy


def a_step_without_notice(stage: Stage, person: Person) -> None:
    """A sealed matter: an injunction is considered, and only those named can tell."""
    story = stage.on(6).report(
        "dev.patel", person, Conduct.VIOLENCE, account="Hit me twice when I came to read the meter.", where="the hall"
    )
    stage.on(5)
    story.looked_into()
    stage.open(
        "helen.marsh",
        "legal_action.consider_without_notice",
        person,
        about=story.reference,
        named=(stage.id_of("ruth.adeyemi"), stage.id_of("sofia.bianchi")),
        remedy=Remedy.INJUNCTION,
        against=Against.CUSTOMER,
        reasons="A second visit is due next week and cannot wait for a hearing.",
        advice="Our solicitor advises that the test for going without notice is met.",
        tenancy=next((str(t.pk) for t in tenancies(person, stage.day)), None),
    )
