"""D1, D2: approving a letter fixes its days and its bytes; nothing later moves a last day but later."""

import hashlib
import io
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest

from evenhand.cases import letters, log, models
from evenhand.cases.correspondence_json import from_dict
from evenhand.people.models import Home, HomeVisit, Need, Representative
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.correspondence import Delivery, LetterIssued, LetterKind
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.need import LetterFormat
from evenhand.policy.refusal import Refused
from tests.cases.letter_story import DAY, Story, customer, lives_at

pytestmark = pytest.mark.django_db
NEXT = DAY + timedelta(days=1)


def approve(story: Story, kind: LetterKind, day: date = NEXT, **more: Any) -> models.Letter:
    letter = story.letter(kind)
    how = {"delivery": Delivery.POST, "format": LetterFormat.STANDARD, **more}
    letters.approve(story.reference, letter.letter, story.ask(story.meg, day), **how)
    letter.refresh_from_db()
    return letter


def issued(story: Story) -> LetterIssued:
    return [e.event for e in log.entries_of(story.row()) if isinstance(e.event, LetterIssued)][-1]


def test_approving_dates_the_letter_and_fixes_its_last_day_to_appeal() -> None:
    story = Story().found()
    letter = approve(story, LetterKind.FINDING)
    facts = from_dict(letter.data)
    assert facts.dated == NEXT and facts.appeal
    assert facts.appeal.last_day == issued(story).appeal_by == date(2026, 4, 2)
    assert story.case().decision.get("F1").told.appeal_by == date(2026, 4, 2)
    assert letter.post == "approved, waiting to be sent"


def test_the_bytes_kept_are_the_bytes_whose_digest_is_in_the_record() -> None:
    story = Story().found()
    letter = approve(story, LetterKind.FINDING)
    made = bytes(letter.sent_bytes or b"")
    assert hashlib.sha256(made).hexdigest() == letter.sha256 == issued(story).digest
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "2026" in str(pdf.docinfo["/CreationDate"]) and "/StructTreeRoot" in pdf.Root
    assert letters.preview(story.reference, letter.letter).data == made


def test_a_limit_is_told_to_start_no_earlier_than_its_letter_counts_as_delivered() -> None:
    story = Story().found().warned_or_not().limited()
    limits = from_dict(approve(story, LetterKind.LIMITS).data).limits
    assert limits and limits.starts == date(2026, 3, 5) == story.case().expectation.get("L1").starts_on


def test_a_letter_that_came_back_is_issued_again_and_its_last_day_only_moves_later() -> None:
    story = Story().found()
    first = approve(story, LetterKind.FINDING)
    sent = bytes(first.sent_bytes or b"")
    story.act("correspondence.send", None, first.letter, day=NEXT, how=Delivery.POST)
    story.act("correspondence.take_back", story.meg, first.letter, day=NEXT, reason="Not known here.")
    again = approve(story, LetterKind.FINDING, day=NEXT, delivery=Delivery.BY_HAND)
    facts = from_dict(again.data)
    assert issued(story).appeal_by == date(2026, 4, 2), "by hand alone it would be 31 March, which is earlier"
    assert facts.appeal and facts.appeal.last_day == date(2026, 4, 2) == story.case().decision.get("F1").told.appeal_by
    earlier = again.earlier_issues.get()
    assert bytes(earlier.sent_bytes) == sent and earlier.sha256 == hashlib.sha256(sent).hexdigest()


def test_later_proof_of_receipt_moves_the_last_day_later_and_earlier_proof_does_not() -> None:
    story = Story().found()
    letter = approve(story, LetterKind.FINDING)
    story.act("correspondence.send", None, letter.letter, day=NEXT, how=Delivery.POST)
    early, late = {"delivered_on": NEXT}, {"delivered_on": date(2026, 3, 20)}
    story.act("correspondence.prove_receipt", story.meg, letter.letter, day=date(2026, 3, 21), **early)
    assert story.case().decision.get("F1").told.appeal_by == date(2026, 4, 2)
    story.act("correspondence.prove_receipt", story.meg, letter.letter, day=date(2026, 3, 21), **late)
    assert story.case().decision.get("F1").told.appeal_by == date(2026, 4, 21)


def test_only_the_delivery_of_an_ordered_format_starts_the_time_to_appeal() -> None:
    story = Story()
    Need.objects.create(person=story.person, kind="braille", recorded_on=DAY)
    story.found()
    assert story.letter(LetterKind.FINDING).format == "braille"
    letter = approve(story, LetterKind.FINDING, format=LetterFormat.BRAILLE)
    assert issued(story).appeal_by is None and b"%PDF" in bytes(letter.sent_bytes or b"")
    said = letters.preview(story.reference, letter.letter).statements["appeal.last_day"]
    assert "20 working days" in said and "in a form that you can read" in said
    assert any("format ordered" in task.what for task in story.row().tasks.all())
    delivered = date(2026, 3, 16)
    story.act("correspondence.deliver_format", story.meg, letter.letter, day=delivered, delivered_on=delivered)
    assert story.case().decision.get("F1").told.appeal_by == date(2026, 4, 15)
    assert not any("format ordered" in task.what for task in story.row().tasks.all())


def test_whoever_was_affected_does_not_approve_the_letter() -> None:
    story = Story().found()
    story.harmed.roles = ["manager"]
    story.harmed.save()
    letter = story.letter(LetterKind.FINDING)
    how = {"delivery": Delivery.POST, "format": LetterFormat.STANDARD}
    with pytest.raises(Refused, match="You were affected"):
        letters.approve(story.reference, letter.letter, story.ask(story.harmed), **how)
    letter.refresh_from_db()
    assert letter.sent_bytes is None and not letter.issued_at


def test_a_letter_about_a_marker_whose_notice_is_withheld_cannot_be_approved() -> None:
    story = Story().found(Conduct.THREATS).marked()
    story.act("marker.withhold_notice", story.sid, "M1", reasons="They would find out who told us.")
    with pytest.raises(Refused, match="withheld"):
        approve(story, LetterKind.MARKER)


def test_a_form_answered_twice_issues_the_letter_once() -> None:
    story = Story().found()
    letter = story.letter(LetterKind.FINDING)
    ask = story.ask(story.meg, NEXT)
    for _ in range(2):
        done = letters.approve(
            story.reference, letter.letter, type(ask)(ask.by, ask.moment, token="once"),
            delivery=Delivery.POST, format=LetterFormat.STANDARD,
        )  # fmt: skip
    assert done.repeated and models.Event.objects.filter(kind="LetterIssued").count() == 1


def test_whoever_approves_may_reword_the_reasons_and_nothing_else() -> None:
    story = Story().found()
    letter = approve(story, LetterKind.FINDING, edits={"reasons": "Two people told us the same thing, in plain words."})
    assert "in plain words" in letters.preview(story.reference, letter.letter).statements["why"]
    with pytest.raises(ValueError, match="often"):
        letters.preview(story.reference, letter.letter, edits={"often": "Always."})


def test_words_that_no_font_can_draw_are_shown_to_whoever_approves() -> None:
    story = Story().investigated().heard("I am 😀 calm.").assessed().decided()
    letter = story.letter(LetterKind.FINDING)
    shown = letters.preview(story.reference, letter.letter)
    assert shown.unprintable == ("😀",) and shown.data.startswith(b"%PDF")
    plain = letters.preview(story.reference, letter.letter, format=LetterFormat.PLAIN_TEXT)
    assert "😀" in plain.data.decode() and not plain.is_pdf


@pytest.mark.parametrize("format", [f for f in LetterFormat if not f.is_made_elsewhere])
def test_a_draft_can_be_seen_in_every_format_before_it_is_approved(format: LetterFormat) -> None:
    story = Story().found()
    shown = letters.preview(story.reference, story.letter(LetterKind.FINDING).letter, format=format)
    assert shown.data and shown.statements["appeal.route"]


def test_a_visitors_letter_never_goes_to_the_home_they_visit() -> None:
    visitor = customer(forename="Vic", surname="Visitor", title="")
    host = Home.objects.create(source="test", ref="H9", address_line="9 Mill Lane", town="Salford", postcode="M5 4WT")
    HomeVisit.objects.create(person=visitor, home=host, recorded_on=DAY)
    story = Story(visitor).found()
    assert from_dict(story.letter(LetterKind.FINDING).data).recipient.address == ()
    with pytest.raises(Refused, match="never goes to a home they visit"):
        approve(story, LetterKind.FINDING)
    assert approve(story, LetterKind.FINDING, delivery=Delivery.EMAIL).to_address == "zofia@example.org"


def test_a_letter_goes_to_todays_home_and_to_the_person_alone() -> None:
    story = Story().found()
    story.person.tenancy_links.update(ended_on=DAY)
    lives_at(story.person, "4 New Road", "H2")
    letter = approve(story, LetterKind.FINDING)
    assert letter.to_address == "Mrs Zofia Wójcik\n4 New Road\nSalford\nM5 4WT"


def test_the_safe_parent_of_someone_under_18_is_told_too() -> None:
    child = customer(forename="Kit", surname="Young", title="", date_of_birth=date(2010, 1, 1))
    lives_at(child, "2 Mill Lane")
    facts = {"name": "Pat Young", "kind": "parent", "contact": "2 Mill Lane", "safe": True, "recorded_on": DAY}
    Representative.objects.create(person=child, **facts)
    story = Story(child).found()
    with pytest.raises(Refused, match="Pat Young must be told too"):
        approve(story, LetterKind.FINDING, delivery=Delivery.EMAIL)
    assert approve(story, LetterKind.FINDING).to_address.endswith("\n\nPat Young\n2 Mill Lane")


def test_a_letter_can_be_handed_over() -> None:
    story = Story().found()
    letter = approve(story, LetterKind.FINDING, delivery=Delivery.BY_HAND)
    letters.hand_over(story.reference, letter.letter, story.ask(story.meg, NEXT))
    letter.refresh_from_db()
    assert letter.post == "sent" and letter.sent_at


def test_a_marker_shown_to_contractors_says_so() -> None:
    story = Story().found(Conduct.THREATS)
    facts = {"incident": "I1", "risk": Risk.WEAPON, "controls": (Control.OFFICE_ONLY,), "audience": Audience.ALL}
    story.act(
        "marker.place", story.meg, **facts, reasons="A knife was shown.", safe_attendance="Two of us, and the police."
    )
    marker = from_dict(approve(story, LetterKind.MARKER).data).marker
    assert marker and marker.control == "Meet at the office, not at home."
    assert "our contractors who visit homes" in marker.audience
