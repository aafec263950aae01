"""What happens in the twins' worlds: two customers' cases carried on, what outsiders try, and sealed matters beside."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evenhand.cases import letters, models, post_room, posting, record
from evenhand.people import colleague
from evenhand.people.models import User
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.events.counter_allegation import Result
from evenhand.policy.events.handling import Outcome
from evenhand.policy.events.investigation import Speaker
from evenhand.policy.events.legal_action import Against, Remedy
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.need import Channel, LetterFormat
from evenhand.policy.standing.correspondence import Post
from evenhand.policy.verbs import VERBS
from tests.security.twins import Act, World
from tests.web.stories import Story, weekly

SECRET = "She swore to burn the office, so an injunction."


# Acts that outsiders know of ----------------------------------------------------------------------------------------


COURSE: tuple[Callable[[Story], object], ...] = (
    lambda story: story.report(Conduct.THREATS, harmed=(story.cast.duty,)).reference,
    lambda story: story.triage().reference,
    lambda story: story.act("investigation.open", story.cast.manager, investigator=story.cast.investigator.actor_id),
    lambda story: story.act(
        "investigation.hear", story.cast.investigator, speaker=Speaker.CUSTOMER, channel=Channel.PHONE, words="No!"
    ),
    lambda story: story.act("support.answer", story.cast.investigator, words="I sleep badly."),
    lambda story: story.act("investigation.view_how_often", story.cast.investigator, earlier=2, view="Three times."),
    lambda story: story.assess().reference,
    lambda story: decided(story),
    lambda story: marked(story),
    lambda story: story.act("warning.propose_skipping", story.cast.manager, reason="It would put someone in danger."),
    lambda story: story.act("warning.approve_skipping", story.cast.other_senior, reason="Agreed, for that reason."),
    lambda story: limited(story),
    lambda story: story.appeal("M1").reference,
    lambda story: story.act("marker.remove", story.cast.manager, "M1", reasons="It was somebody else."),
)
"""A case from its report to its appeal, an act at a time."""


def decided(story: Story) -> object:
    return story.act(
        "decision.decide",
        story.cast.other_manager,
        found=tuple((each, Finding.UNACCEPTABLE) for each in story.conducts()),
        reasons="Two colleagues heard it.",
        relied_on="The report.",
        beyond_forceful="A threat is more than being forceful.",
    )


def marked(story: Story) -> object:
    return story.act(
        "marker.place",
        story.cast.manager,
        incident="I1",
        risk=Risk.THREATS,
        controls=(Control.PAIRS,),
        audience=Audience.ALL,
        reasons="She threatened a colleague.",
    )


def limited(story: Story) -> object:
    return story.act(
        "expectation.set",
        story.cast.manager,
        behaviour="Please do not threaten our colleagues.",
        reasons="A threat was made in most of the calls.",
        starts_on=story.day,
        plan=weekly(),
    )


def goes_on(which: int) -> Act:
    """The next act of one customer's case; one that is refused is tried again the next time."""

    def act(world: World) -> object:
        if world.reached[which] == len(COURSE):
            return "nothing more"
        came = COURSE[world.reached[which]](world.stories[which])
        world.reached[which] += 1
        return came

    return act


def letter_approved(world: World) -> object:
    """The oldest draft of the first case is approved, to go by post."""
    story = world.stories[0]
    for letter in models.Letter.objects.filter(case__reference=story.reference, post=Post.DRAFT).order_by("pk")[:1]:
        return letters.approve(
            story.reference, letter.letter, asks(story, story.cast.other_manager), delivery=Delivery.POST,
            format=LetterFormat.STANDARD,
        )  # fmt: skip
    return None


def letters_printed(world: World) -> object:
    viewer = world.cast.other_manager
    return posting.make(post_room.to_print(viewer, world.day), viewer.actor, world.moment).reference


def cases_linked(world: World) -> object:
    one, other = world.stories
    return one.act("handling.link", one.cast.other_manager, other=other.reference, reason="The same home.")


def case_closed(world: World) -> object:
    story = world.stories[0]
    return story.act("handling.close", story.cast.other_manager, outcome=list(Outcome)[0], reasons="Over.")


def holder_leaves(world: World) -> object:
    """Whoever holds cases leaves; somebody covers."""
    return colleague.leave(user(world, "investigator"), world.day, world.cast.other_manager, today=world.day).name


def days_pass(world: World) -> None:
    world.pass_days(9)


def half_a_year_passes(world: World) -> None:
    world.pass_days(190)


def notice_seen(world: World) -> object:
    """An outsider reads the first case, and then sends a form of its page."""
    page = f"/cases/{world.stories[0].reference}/"
    browser = world.browser("other_manager")
    shown = browser.get(f"{page}police/decline")
    sent = {"incident": "I1", "reasons": "Nobody wants it.", "token": "told", "seen": 0}
    return shown.status_code, browser.post(f"{page}police/decline", sent).status_code


# Acts in sealed matters ---------------------------------------------------------------------------------------------


def opens(name: str, verb: str, by: str, /, **answers: Any) -> Act:
    """A sealed matter about the first case that there is."""

    def act(world: World) -> None:
        stories = world.stories[world.turn :] + world.stories[: world.turn]
        about = next((story for story in stories if story.reference), None)
        if about is None or name in world.sealed:
            return
        told = told_in(world, answers)
        if "named" in told:
            told["named"] = tuple(getattr(world.cast, each).actor_id for each in told["named"])
        done = record.open_case(
            asks(about, getattr(world.cast, by)), VERBS[verb], about_person=about.person, about=about.reference, **told
        )
        world.sealed[name] = Story(about.cast, about.person, about.home, world.day, done.reference)

    return act


def told_in(world: World, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the ids of those who are named by their part, as "@senior"."""
    return {
        key: getattr(world.cast, value[1:]).actor_id if isinstance(value, str) and value.startswith("@") else value
        for key, value in answers.items()
    }


def within(name: str, verb: str, by: str, subject: str | None = None, /, **answers: Any) -> Act:
    """An act in it."""

    def act(world: World) -> None:
        world.sealed[name].act(verb, getattr(world.cast, by), subject, **told_in(world, answers))

    return act


def weighed(world: World) -> None:
    world.sealed["legal"].assess(Step.LEGAL)


def read_by_those_named(world: World) -> None:
    """Those named open every page of it that there is, and look for it. Of each kind the one that goes on."""
    for story in [world.sealed[name] for name in KINDS if name in world.sealed]:
        for who in ("manager", "senior"):
            browser = world.browser(who)
            for tab in ("", "account/", "decision/", "letters/", "police/", "looks/"):
                browser.get(f"/cases/{story.reference}/{tab}")
            browser.get("/")


KINDS = ("legal", "said", "welfare")
"""The names under which a sealed matter of each kind is begun, and carried on."""
FIRST, SECOND = goes_on(0), goes_on(1)
SEALED = {
    "legal": opens(
        "legal", "legal_action.consider_without_notice", "manager", named=("senior",), remedy=Remedy.INJUNCTION,
        against=Against.CUSTOMER, reasons=SECRET, advice="The test is met.",
    ),
    "approved": within("legal", "legal_action.approve", "senior", "C1", reasons="I have read the advice."),
    "weighed": weighed,
    "started": within("legal", "legal_action.start", "manager", "C1", court="The County Court at Zedham"),
    "let in": within("legal", "handling.name", "manager", colleague="@other_senior", reason="To know."),
    "said": opens(
        "said", "counter_allegation.record", "manager", named=("senior",), words="He swore at me at the door.",
        name="the man at the door", colleague="@duty",
    ),
    "given": within(
        "said", "counter_allegation.assign", "senior", investigator="@other_senior", independent_because="Never met."
    ),
    "found": within(
        "said", "counter_allegation.resolve", "other_senior", result=list(Result)[0], reasons="Seen.", told="Heard."
    ),
    "welfare": opens("welfare", "welfare.open", "manager", colleague="@senior", note="Cannot sleep."),
    "noted": within("welfare", "welfare.note", "manager", colleague="@senior", note="Better."),
    "read": read_by_those_named,
}  # fmt: skip
"""What happens in matters of which nobody else knows."""
STORY = (
    FIRST, "legal", FIRST, FIRST, "said", FIRST, SECOND, "approved", FIRST, "weighed", FIRST, "read", SECOND, "started",
    FIRST, FIRST, FIRST, "welfare", letter_approved, letters_printed, "given", FIRST, cases_linked, days_pass, "noted",
    FIRST, FIRST, SECOND, "found", letter_approved, FIRST, notice_seen, "let in", FIRST, letters_printed, case_closed,
    FIRST, holder_leaves, half_a_year_passes, "read",
)  # fmt: skip
"""In the order in which most of it can happen; in any other, much of it is refused, and that is compared too."""


def steps(story: Sequence[Act | str], *, sealed: bool) -> list[tuple[bool, Act]]:
    """The acts of a story, each with whether it is of a sealed matter; those left out unless `sealed`."""
    return [
        (isinstance(each, str), SEALED[each] if isinstance(each, str) else each)
        for each in story
        if sealed or not isinstance(each, str)
    ]


def asks(story: Story, by: User) -> record.Ask:
    return record.Ask(by.actor, story.moment)


def user(world: World, part: str) -> User:
    return User.objects.get(pk=getattr(world.cast, part).pk)
