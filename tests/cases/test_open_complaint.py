"""Rule 16: an open complaint is known from the record, and a limit waits until somebody says how it can be pursued."""

from datetime import timedelta
from typing import Any

import pytest

from evenhand.cases import circumstances
from evenhand.contacts.models import Matter
from evenhand.people.models import Person
from evenhand.policy.refusal import Refused
from tests.web.stories import START, Story, weekly

pytestmark = pytest.mark.django_db


def complained(person: Person, **told: Any) -> Matter:
    what = {"source": "housing", "ref": "M1", "kind": "complaint_stage1", "opened_on": START - timedelta(days=200)}
    return Matter.objects.create(person=person, **{**what, **told})


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ({}, True),
        ({"closed_on": START - timedelta(days=30)}, True),
        ({"closed_on": START - timedelta(days=150)}, False),
        ({"unknown": ["closed_on"]}, False),
        ({"kind": "repair"}, False),
        ({"opened_on": START + timedelta(days=1)}, False),
    ],
)
def test_a_complaint_is_known_while_it_is_open_and_three_months_after(
    tenant: Person, told: dict[str, Any], known: bool
) -> None:
    complained(tenant, **told)
    assert circumstances.known_of(tenant, START).open_complaint is known


def test_a_complaint_under_another_record_of_theirs_counts_too(tenant: Person) -> None:
    other = Person.objects.create(source="north", ref="P9", surname="Bell", merged_into=tenant)
    complained(other)
    assert circumstances.known_of(tenant, START).open_complaint


def test_a_limit_says_how_an_open_complaint_can_still_be_pursued(story: Story) -> None:
    complained(story.person)
    with pytest.raises(Refused, match="Say how they can still pursue it"):
        story.limit()
    story.act(
        "expectation.set",
        story.cast.manager,
        behaviour="Please do not shout at our colleagues.",
        reasons="Calls took up most of each day.",
        starts_on=story.day,
        plan=weekly(),
        complaint_considered="By email to the complaints team.",
    )
