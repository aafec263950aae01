"""What the tests of pages ask of a case afterwards: what happened in it, last of all."""

from typing import Any

from evenhand.cases import reading
from evenhand.people.models import User
from evenhand.policy.events.event import Event
from tests.web.stories import Story


def happened(story: Story, viewer: User, reference: str = "") -> list[Event]:
    """Everything that this viewer may see happened in the case, in order."""
    file = reading.case_file(reference or story.reference, viewer, story.day)
    return [entry.event for entry in file.entries]


def last(story: Story, viewer: User, kind: type[Any], reference: str = "") -> Any:
    """The last event of a kind, as far as the viewer sees. Raises IndexError if there is none."""
    return [event for event in happened(story, viewer, reference) if isinstance(event, kind)][-1]
