"""What people do in a case, step by step, each on its own page and told afterwards that it is done."""

import re
from datetime import date, timedelta

from django.urls import reverse

from evenhand.people.models import User
from evenhand.policy.conduct import Conduct
from evenhand.web import way
from evenhand.web.fields import in_words
from tests.journeys.people import Colleague
from tests.web.stories import ASSESSED, Story

HEARD = "I was upset, because nobody had rung me back for a week. I am sorry that I shouted."
REASONS = "On 3 March 2026 you shouted abuse at our colleague at your front door for ten minutes."


def triages(who: Colleague, story: Story, outcome: str = "A new case", reason: str = "") -> None:
    who.opens_verb(story, "incident.triage").chooses(outcome).writes("Why?", reason)
    who.sends("Save what it is").sees("The report was triaged.")


def gives_it_to(who: Colleague, story: Story, investigator: User) -> None:
    who.opens_verb(story, "investigation.open").picks("Who looks into it?", investigator.name)
    who.sends("Give them the case").sees("The case has an investigator.")


def invites(who: Colleague, story: Story) -> None:
    who.opens_verb(story, "investigation.invite")
    who.writes("How may they give their account?", "Ring the tenancies team on 0113 496 0000, or ask for a visit.")
    who.sends("Draft the letter").sees("The letter is drafted and waits for approval.")


def tries(who: Colleague, story: Story, outcome: str = "Rang at 10am and left a message.") -> None:
    who.opens_verb(story, "investigation.attempt").chooses("By telephone").writes("What came of it?", outcome)
    who.ticks("The message also asked whether something makes things harder…").sends("Save the attempt")
    who.sees("The attempt was saved.")


def hears(who: Colleague, story: Story, words: str = HEARD) -> None:
    who.opens_verb(story, "investigation.hear").writes("Their side, in their words", words)
    who.chooses("The customer", to="Who told you?").chooses("By telephone").sends("Save their account")
    who.sees("Their account was saved.")


def records_support(who: Colleague, story: Story, words: str = "I sleep badly since my mother died.") -> None:
    who.opens_verb(story, "support.answer").writes("What did they say?", words)
    who.sends("Save their answer").sees("Their answer was saved")


def counts(who: Colleague, story: Story) -> None:
    who.opens_verb(story, "investigation.view_how_often")
    who.writes("What do you make of it?", "Once before, two months ago. We were late with her repair both times.")
    who.sends("Save your view").sees("Your view of how often it happened was saved.")


def assesses(who: Colleague, story: Story, step: str) -> None:
    who.opens_verb(story, "assessment.make").chooses(step, to="For which step?")
    who.writes("What do we know of their health", ASSESSED["known"])
    who.writes("What have we changed or offered", ASSESSED["adjustments"])
    who.writes("What is this step meant to achieve?", ASSESSED["aim"])
    who.writes("What gentler steps were there", ASSESSED["alternatives"])
    who.writes("How does this sit with our duty", ASSESSED["due_regard"])
    who.sends("Save the assessment").sees("The assessment was saved.")


def weighs(who: Colleague, story: Story, found: dict[Conduct, str], beyond: str = "") -> None:
    """The form of the decision filled in, not yet sent."""
    who.opens_verb(story, "decision.decide")
    for conduct, finding in found.items():
        who.chooses(finding, to=in_words(conduct))
    who.writes("Your reasons", REASONS).writes("What do you rely on?", "The report and her own account.")
    who.writes("Why is this more than a forceful", beyond)


def decides(who: Colleague, story: Story, found: dict[Conduct, str], beyond: str = "") -> None:
    weighs(who, story, found, beyond)
    who.sends("Decide and draft the letter").sees("Decided. The letter to the customer is drafted")


def warns(who: Colleague, story: Story) -> None:
    who.opens_verb(story, "warning.give").writes("What do we expect from now on?", "Please speak to us calmly.")
    who.writes("What may happen if it goes on?", "We may limit how you contact us.")
    who.sends("Draft the warning").sees("The warning is drafted and waits for approval.")


def limits(who: Colleague, story: Story, starts_on: date) -> None:
    """By email or letter, once a week, on Wednesdays."""
    who.opens_verb(story, "expectation.set").writes("What do we now expect?", "Please do not shout at our colleagues.")
    who.ticks("Limit how, how often or when…").ticks("By email", "By letter", to="How can they contact us?")
    who.writes("How many times at most?", "1").chooses("Week").ticks("Wednesday").dates("From when?", starts_on)
    who.writes("Why is this needed?", REASONS).sends("Set it and draft the letter").sees("Set. The letter")


def marks(who: Colleague, story: Story, provisional: str | None = None) -> None:
    """A marker on what is decided; `provisional` names the one that it confirms."""
    who.opens_verb(story, "marker.place", provisional).chooses("3 March 2026…", to="Which incident")
    who.chooses("Threats or verbal abuse").ticks("Visit in pairs", "Ring before visiting")
    who.chooses("All colleagues and contractors who visit or take calls").writes("Why is a marker needed?", REASONS)
    who.sends("Place it and draft the letter").sees("Placed. It shows from now")


def lodges(who: Colleague, story: Story, against: str) -> None:
    who.opens_verb(story, "appeal.lodge", against).chooses("The customer").writes("How did they ask?", "By telephone")
    who.writes("Why do they disagree?", "It was not me who shouted.").sends("Record the appeal")
    who.sees("Recorded. A letter to say so waits for approval.")


def answers_appeal(who: Colleague, story: Story, appeal: str, outcome: str) -> None:
    who.opens_verb(story, "appeal.decide", appeal).chooses(outcome)
    who.writes("What are your reasons?", "Nobody saw who it was that shouted.")
    who.sends("Decide and draft the letter").sees("Decided. The letter to the customer waits for approval.")


def later(story: Story, wall: object, days: int) -> date:
    """Time goes by: for the pages, and for what the story does behind them."""
    story.day += timedelta(days=days)
    wall.is_now(story.day)
    return story.day


def approves(who: Colleague, story: Story, letter: str, *says: str, how: str = "By post") -> None:
    """Reads the letter as the customer will, and lets it go."""
    who.opens_verb(story, "correspondence.approve", letter).sees(*says)
    who.chooses("Standard").chooses(how).sends("Approve the letter").sees("Approved. It counts as delivered on")


def takes_the_file(who: Colleague, story: Story, letter: str) -> bytes:
    """The letter's file, as whoever asks for it on the letter's page gets it."""
    who.opens(way.to_letter(story.reference, letter))
    link = who.main.get_by_role("link", name="Standard (PDF)").get_attribute("href")
    return who.page.request.get(link or "").body()


def posts(who: Colleague) -> None:
    """Everything approved is printed in one batch and put in the post."""
    who.opens(reverse("print-batches")).page.get_by_role("button", name=re.compile("Make a batch")).click()
    who.arrives().page.get_by_role("button", name=re.compile("as posted")).click()
    who.arrives().sees("recorded as posted")
