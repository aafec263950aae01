"""Visits are kept once, and whoever is booked is told once when what they must do changes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from evenhand.cases.circumstances import Moment
from evenhand.contacts.log import Said, log_one
from evenhand.contacts.models.contact import Direction
from evenhand.people import mail_server
from evenhand.people.models import RegisterImport, User
from evenhand.people.models.register import ImportState
from evenhand.policy.events.marker import Audience
from evenhand.policy.need import Channel
from evenhand.sharing import booking, visit_notice, visit_tasks
from evenhand.sharing.booking import Asked, Kept, check_and_keep, review, tell
from evenhand.sharing.following import follow
from evenhand.sharing.matching import where
from evenhand.sharing.models import Booking, Change, Disclosure, Notice
from evenhand.sharing.models.booking import Way
from evenhand.sharing.models.disclosure import RecipientKind
from evenhand.sharing.visit_time import When
from tests.sharing.homes import home_at
from tests.web.stories import START, Story

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
NOW = Moment(NOON, START)
TONIGHT = datetime(2026, 3, 3, 18, 30, tzinfo=LONDON)


def later(**by: int) -> Moment:
    return Moment(NOON + timedelta(**by), (NOON + timedelta(**by)).date())


def visit(story: Story, reference: str = "JOB-1", at: datetime = TONIGHT, **told: Any) -> Asked:
    given: dict[str, Any] = {"attending": "Sam Okafor", "user": story.cast.colleague} | told
    keys = given.pop("where", where(uprn=story.home.uprn))
    return Asked(reference, keys, When(at, at + timedelta(hours=1)), **given)


def booked(story: Story, *visits: Asked) -> None:
    check_and_keep("jobs", visits or [visit(story)], NOW)


def of(story: Story) -> list[Change]:
    """What a follower of the log says when a control of the person started, changed or ended."""
    return [Change(kind="started", control_kind="marker", case=story.reference, control="M1", person=story.person)]


def test_the_same_list_again_changes_nothing_and_a_corrected_row_replaces(story: Story) -> None:
    asked = [visit(story, f"JOB-{number}") for number in range(3)]
    assert check_and_keep("jobs", asked, NOW)[1] == Kept(added=3)
    before = list(Booking.objects.order_by("pk").values())
    assert check_and_keep("jobs", asked, later(hours=1))[1] == Kept(unchanged=3)
    assert list(Booking.objects.order_by("pk").values()) == before
    moved = visit(story, "JOB-1", TONIGHT + timedelta(days=1))
    assert check_and_keep("jobs", [asked[0], moved, asked[2]], later(hours=1))[1] == Kept(changed=1, unchanged=2)
    assert Booking.objects.get(reference="JOB-1").at == TONIGHT + timedelta(days=1)
    assert Booking.objects.count() == 3 and not Notice.objects.exists()


def test_the_same_reference_of_two_systems_is_two_visits(story: Story) -> None:
    booked(story)
    check_and_keep("other", [visit(story)], NOW)
    assert Booking.objects.count() == 2


def test_a_colleague_is_told_once_when_a_marker_starts_changes_and_ends(story: Story) -> None:
    booked(story)
    story.mark()
    assert tell(of(story), NOW) == 1 and tell(of(story), NOW) == 0 and review(NOW) == 0
    (first,) = Notice.objects.all()
    assert "Visit in pairs. Ring first." in first.answer["instruction"] and first.way == Way.EMAIL
    kept = Booking.objects.get()
    assert kept.controls == [f"{story.reference}/M1"] and kept.version == 2
    story.act("marker.remove", story.cast.manager, "M1", reasons="It was somebody else.")
    assert tell(of(story), later(hours=1)) == 1 and tell(of(story), later(hours=1)) == 0
    last = Notice.objects.latest("pk")
    assert last.answer["code"] == "nothing_held" and last.version == 3 and Booking.objects.get().controls == []


def test_whoever_follows_the_log_tells_those_who_are_booked(story: Story) -> None:
    booked(story)
    story.mark()
    follow(NOW)
    assert Notice.objects.count() == 1 and Booking.objects.get().controls == [f"{story.reference}/M1"]
    assert {one.to_name for one in Disclosure.objects.all()} == {"Sam Okafor"}
    follow(later(minutes=20))
    assert Notice.objects.count() == 1


def test_an_email_says_which_visit_and_what_to_do_and_nothing_about_anyone(story: Story) -> None:
    booked(story)
    story.mark()
    tell(of(story), NOW)
    notice = Notice.objects.get()
    assert visit_notice.send(notice.pk, NOON) and not visit_notice.send(notice.pk, NOON)
    (sent,) = mail.outbox
    assert sent.to == ["sam@example.org"] and sent.subject == "The instruction for your visit JOB-1 changed"
    assert "your visit JOB-1 on 3 March 2026 at 6:30pm changed" in sent.body
    assert "Visit in pairs. Ring first." in sent.body and f"/visits/{notice.booking_id}" in sent.body
    for secret in ("Bell", "Ferry Row", "ZH1", "threat", "shouted", story.reference):
        assert secret not in sent.body + sent.subject
    notice.refresh_from_db()
    assert notice.sent_at == NOON and notice.claimed_at == NOON


def test_a_contractor_without_an_address_waits_to_be_rung_and_is_rung_once(story: Story) -> None:
    booked(story, visit(story, attending="", user=None, contractor="Aqua Ltd"))
    story.mark()
    assert tell(of(story), NOW) == 1
    (notice,) = visit_notice.to_ring(NOON)
    assert notice.way == Way.BY_HAND and notice.booking.who == "Aqua Ltd"
    said = " ".join(notice.answer.values())
    assert "Visit in pairs." in said and "Bell" not in said and "2026" not in said
    planner, other = story.cast.planner, story.cast.manager
    assert visit_notice.rung(notice.pk, planner, NOON) and not visit_notice.rung(notice.pk, other, NOON)
    assert not visit_notice.to_ring(NOON).exists() and Notice.objects.get().rung_by == planner


def test_a_contractor_with_an_address_is_told_by_email_without_a_way_in(story: Story) -> None:
    booked(story, visit(story, attending="", user=None, contractor="jobs@aqua.example"))
    story.mark()
    tell(of(story), NOW)
    assert visit_notice.send(Notice.objects.get().pk, NOON)
    (sent,) = mail.outbox
    assert sent.to == ["jobs@aqua.example"] and "/visits/" not in sent.body and "0113 496 0001" in sent.body


def test_who_is_told_is_on_the_ledger(story: Story) -> None:
    story.mark()
    firm = visit(story, "JOB-2", attending="", user=None, contractor="Aqua  Ltd")
    check_and_keep("jobs", [visit(story), firm], NOW, by=story.cast.planner)
    told = {(one.to_kind, one.to_name, one.control) for one in Disclosure.objects.all()}
    assert told == {
        (RecipientKind.COLLEAGUE, "Sam Okafor", "M1"),
        (RecipientKind.COLLEAGUE, "Carol Dunn", "M1"),
        (RecipientKind.CONTRACTOR, "Aqua Ltd", "M1"),
    }


def test_nobody_is_told_of_what_changes_nothing_they_do(story: Story) -> None:
    story.mark()
    booked(story)
    story.act("marker.withhold_notice", story.cast.senior, "M1", reasons="They might go looking for a colleague.")
    assert tell(of(story), NOW) == 0
    assert "Say nothing of it" in Booking.objects.get().answer["also know"], "whoever opens the visit reads it"


def test_a_visit_of_another_day_is_told_without_a_word_of_today_and_stays_when_the_person_contacts_us(
    story: Story,
) -> None:
    story.limit().approve("T1").approve("T2")
    at = TONIGHT + timedelta(days=20)
    booked(story, visit(story, at=at, where=where(person_ref=story.person.ref)))
    told = Booking.objects.get().answer["instruction"]
    assert told == "Email or letter only, once a week, Wednesdays — unless it is an emergency: then help now."
    said = Said(at=at - timedelta(hours=5), channel=Channel.EMAIL, direction=Direction.IN)
    log_one(story.person, said)
    assert review(later(days=20)) == 0 and Booking.objects.get().answer["instruction"] == told


def test_nobody_is_rung_because_the_register_grew_old(story: Story) -> None:
    booked(story)
    long_ago = datetime(2025, 1, 1, tzinfo=UTC)
    told = {"started_at": long_ago, "ended_at": long_ago, "state": ImportState.DONE, "whole": True}
    RegisterImport.objects.create(source=story.person.source, **told)
    assert review(NOW) == 0 and Booking.objects.get().answer["code"] == "register_stale"


def test_visits_that_are_over_and_homes_that_have_nothing_to_do_with_it_are_left_alone(story: Story) -> None:
    past = visit(story, "JOB-1", TONIGHT - timedelta(days=1))
    elsewhere = visit(story, "JOB-2", where=where(uprn=home_at("1 Mill Lane", "66").uprn))
    nowhere = visit(story, "JOB-3", where=where(uprn="99"))
    booked(story, past, elsewhere, nowhere)
    story.mark()
    assert tell(of(story), NOW) == 0 and review(NOW) == 0


def test_whoever_visits_somebody_else_at_that_home_is_told_too(story: Story) -> None:
    booked(story, visit(story, where=where(person_ref=story.person.ref)), visit(story, "JOB-2"))
    story.mark()
    assert tell(of(story), NOW) == 2


def test_a_colleague_who_reads_a_list_before_anyone_tells_is_told_all_the_same(story: Story) -> None:
    booked(story)
    story.mark()
    assert check_and_keep("jobs", [visit(story)], NOW)[1] == Kept(changed=1)
    assert Notice.objects.count() == 1 and tell(of(story), NOW) == 0


def test_somebody_else_sent_instead_needs_no_word_of_a_change(story: Story) -> None:
    booked(story)
    story.mark()
    instead = visit(story, attending="dawn@example.org", user=story.cast.duty)
    check_and_keep("jobs", [instead], NOW)
    assert not Notice.objects.exists() and Booking.objects.get().colleague == story.cast.duty


def test_an_older_word_is_not_sent_once_a_newer_one_is_written(story: Story) -> None:
    booked(story)
    story.mark()
    tell(of(story), NOW)
    story.act("marker.remove", story.cast.manager, "M1", reasons="It was somebody else.")
    tell(of(story), NOW)
    old, new = Notice.objects.order_by("version")
    assert not visit_notice.send(old.pk, NOON) and visit_notice.send(new.pk, NOON)


def test_a_claim_whose_outcome_nobody_knows_is_shown_to_a_person_and_never_sent_again(story: Story) -> None:
    booked(story)
    story.mark()
    tell(of(story), NOW)
    notice = Notice.objects.get()
    Notice.objects.update(claimed_at=NOON)
    assert visit_notice.doubt_old(NOON + timedelta(minutes=14)) == 0
    assert visit_notice.doubt_old(NOON + timedelta(minutes=16)) == 1
    assert [one.pk for one in visit_notice.to_ring(NOON)] == [notice.pk]
    assert not visit_notice.send(notice.pk, NOON) and not mail.outbox


def test_a_mail_server_that_cannot_be_reached_is_tried_again_and_then_a_person_rings(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Down:
        def open(self) -> None:
            raise OSError("refused")

        def close(self) -> None:
            """There is nothing to close."""

    booked(story)
    story.mark()
    tell(of(story), NOW)
    notice = Notice.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(mail_server, "get_connection", Down)
        with pytest.raises(mail_server.NotReached):
            visit_notice.send(notice.pk, NOON)
    assert visit_notice.unclaimed(NOON + timedelta(minutes=20)) == [notice.pk]
    visit_notice.doubt_old(NOON + timedelta(hours=3))
    assert visit_notice.to_ring(NOON).get().trouble == visit_notice.NOT_REACHED


def test_an_audience_of_colleagues_alone_still_tells_the_contractor_what_to_do(story: Story) -> None:
    booked(story, visit(story, attending="Aqua", user=None))
    story.mark(audience=Audience.COLLEAGUES)
    tell(of(story), NOW)
    answer = Notice.objects.get().answer
    assert "Visit in pairs." in answer["instruction"] and answer["risk"] == ""


def test_bookings_and_lists_are_forgotten(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    booked(story)
    story.mark()
    tell(of(story), NOW)
    monkeypatch.setattr(visit_tasks.timezone, "now", lambda: TONIGHT + timedelta(days=30))
    visit_tasks.forget_visits(0)
    assert Booking.objects.exists()
    monkeypatch.setattr(visit_tasks.timezone, "now", lambda: TONIGHT + timedelta(days=31))
    visit_tasks.forget_visits(0)
    assert not Booking.objects.exists() and not Notice.objects.exists() and Disclosure.objects.exists()


def test_only_someone_certainly_a_colleague_gets_a_colleagues_answer(story: Story) -> None:
    colleague: User = story.cast.colleague
    assert visit(story).asker == booking.Asker.COLLEAGUE
    for told in ({"user": None}, {"user": colleague, "contractor": "Aqua Ltd"}):
        assert visit(story, **told).asker == booking.Asker.CONTRACTOR
