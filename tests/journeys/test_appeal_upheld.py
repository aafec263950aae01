"""M3: an appeal that is upheld cancels the marker for everyone who would have seen it, and the customer is told."""

from collections.abc import Callable

import pytest
from django.core import mail

from evenhand.cases import reading, sending
from evenhand.cases.reading import Moment
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.marker import MarkerRemoved
from evenhand.web import way
from tests.journeys import steps
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague, case_of, happened, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_marker_is_gone_for_everyone_once_the_appeal_against_it_is_upheld(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    # Given a marker that the customer was told of, and a colleague who sees it before a visit,
    story.mark().approve("T1").approve("T2")
    tom, nadia = at_work(story.cast.investigator), at_work(story.cast.other_senior)
    sam = at_work(story.cast.colleague, phone=True).opens(way.to_person(story.person))
    sam.sees("Visit in pairs")
    steps.later(story, wall, 7)

    # when the customer appeals, the marker still warns, and says that it is under appeal;
    steps.lodges(tom, story, "M1")
    sam.opens(way.to_person(story.person)).sees("Visit in pairs", "Under appeal")
    # and when someone senior who took no part upholds the appeal,
    nadia.opens("/appeals/").sees("Jo Bell")
    steps.assesses(nadia, story, "An appeal")
    steps.answers_appeal(nadia, story, "A1", "Upheld: the decision is cancelled")

    # then nobody is warned any more, on any page, and the record says why.
    sam.opens(way.to_person(story.person)).sees("We hold no warning about this person").does_not_see("pairs")
    nadia.opens("/reviews/").does_not_see("Jo Bell")
    assert not reading.controls_of(story.person, story.day)
    (removed,) = happened(story, MarkerRemoved)
    assert removed.cause is Ending.APPEAL
    assert standing(story).appeal.get("A1").outcome is Outcome.UPHELD
    # And the customer is sent, by email, the very file that is kept, which says that the marker is cancelled.
    letter = standing(story).correspondence.letters[-1].id
    steps.approves(nadia, story, letter, "cancelled", "Nobody saw who it was that shouted.", how="By email")
    (row,) = [each for each in reading.letters_of(case_of(story)) if each.letter == letter]
    assert sending.send(row.pk, Moment(wall.now(), story.day))
    (message,) = mail.outbox
    ((_, data, kind),) = message.attachments
    assert (message.to, kind, data[:5]) == (["jo.bell@example.com"], "application/pdf", b"%PDF-")
    assert steps.takes_the_file(nadia, story, letter) == data
    nadia.sees("Sent")
