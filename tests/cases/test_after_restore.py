"""After a restore nobody is written to twice, and what was lost on the way is told."""

from hashlib import sha256

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from evenhand.cases import after_restore, letters, models, sending
from evenhand.cases.record import Ask
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat
from evenhand.policy.standing.correspondence import Post
from tests.web.stories import Story

pytestmark = pytest.mark.django_db


def waiting(story: Story, delivery: Delivery) -> models.Letter:
    """The letter of a finding, approved to go this way, and not gone when the backup was taken."""
    story.decide()
    (drafted,) = models.Letter.objects.filter(case__reference=story.reference, kind="finding")
    ask = Ask(story.cast.manager.actor, story.later().moment)
    letters.approve(story.reference, drafted.letter, ask, delivery=delivery, format=LetterFormat.STANDARD)
    drafted.refresh_from_db()
    return drafted


def test_a_letter_that_may_have_gone_by_email_is_shown_to_a_person_and_not_sent_again(story: Story) -> None:
    letter = waiting(story, Delivery.EMAIL)
    assert after_restore.doubt_letters(story.later().moment) == [letter.reference]
    letter.refresh_from_db()
    assert letter.post == Post.UNCERTAIN and "restored from a backup" in letter.trouble
    sending.send(letter.pk, story.later().moment)
    assert mail.outbox == []
    assert after_restore.doubt_letters(story.moment) == []


def test_a_letter_for_the_post_still_waits_to_be_printed(story: Story) -> None:
    letter = waiting(story, Delivery.POST)
    assert after_restore.doubt_letters(story.later().moment) == []
    letter.refresh_from_db()
    assert letter.post == Post.ISSUED


def test_a_file_that_is_missing_or_not_what_was_kept_is_told_by_its_case(story: Story) -> None:
    story.report()
    kept = {"case": models.Case.objects.get(reference=story.reference), "part": "report", "size": 1}
    kept |= {"added_at": story.moment.at, "added_by": "colleague:x", "content_type": "image/jpeg", "name": "a.jpg"}
    stored_as = default_storage.save("exhibits/there", ContentFile(b"x"))
    whole = sha256(b"x").hexdigest()
    models.Exhibit.objects.create(**kept, reference="there", stored_as=stored_as, sha256=whole)
    assert list(after_restore.lost_files()) == []
    models.Exhibit.objects.create(**kept, reference="other", stored_as=stored_as, sha256="0" * 64)
    models.Exhibit.objects.create(**kept, reference="gone", stored_as="exhibits/nowhere", sha256=whole)
    assert list(after_restore.lost_files()) == [
        f"{story.reference}: a file is not what was kept (other)",
        f"{story.reference}: a file is missing (gone)",
    ]
