"""A form that limits contact does not ask what the record already tells."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from evenhand.contacts.models import Matter
from evenhand.people.models import User
from evenhand.web import way
from evenhand.web.complaint_question import KNOWN
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
ASKS = "They have a complaint with us, or had one in the last three months"


@pytest.mark.parametrize("verb", ["expectation.set", "single_contact.appoint"])
def test_a_complaint_that_is_known_is_not_asked_for(
    story: Story, cast: Cast, as_: Callable[[User], Client], verb: str
) -> None:
    story.decide()
    story.act("warning.propose_skipping", cast.manager, reason="A warning would put a colleague in danger.")
    story.act("warning.approve_skipping", cast.senior, reason="Agreed, for that reason.")
    browser, there = as_(cast.manager), way.to_verb(story.reference, verb)
    asked = browser.get(there).content.decode()
    assert ASKS in asked and KNOWN not in asked
    Matter.objects.create(
        source="housing", ref="M1", person=story.person, kind="complaint_stage1", opened_on=START - timedelta(days=9)
    )
    known = browser.get(there).content.decode()
    assert ASKS not in known and KNOWN in known
