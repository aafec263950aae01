"""Where a letter goes: one block of lines a recipient, the customer first, then whoever must be told too (rule 10)."""

import hashlib
from collections.abc import Iterator

from evenhand.cases import models
from evenhand.cases.correspondents import Recipient
from evenhand.people import mailbox, reading
from evenhand.people.known import MUST_BE_TOLD_TOO
from evenhand.people.models import Person, Representative
from evenhand.people.models.person import RepresentativeKind
from evenhand.policy import correspondence
from evenhand.policy.case import Case
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection

SPEAK_FOR_AN_ADULT = (RepresentativeKind.ATTORNEY, RepresentativeKind.GUARDIAN)


def blocks(person: Person, recipient: Recipient, delivery: Delivery, now: Occasion) -> list[str]:
    """The recipients of a letter, each as the lines of an envelope or one email address."""
    told_too = list(told_as_well(person, now))
    if delivery is Delivery.EMAIL:
        return [email_of(person), *(mailbox.all_in(one.contact)[0] for one in told_too)]
    own = "\n".join([recipient.name, *recipient.address])
    return [own, *(f"{one.name}\n{one.contact}".strip() for one in told_too)]


def objections(
    person: Person, recipient: Recipient, delivery: Delivery, format: LetterFormat, now: Occasion
) -> Iterator[Objection]:
    """Why the letter cannot go this way, from what is on the person's record."""
    if delivery is Delivery.EMAIL:
        if not email_of(person):
            yield _not_this_way("We have no email address for them. Send it by post, or hand it over.")
        for one in told_as_well(person, now):
            if not mailbox.all_in(one.contact):
                yield _not_this_way(
                    f"{one.name} must be told too, and we have no email address for them. Choose post, or by hand."
                )
    if delivery is Delivery.POST:
        if not recipient.address:
            yield _not_this_way(
                "We know no home of theirs, and a letter never goes to a home they visit. Send it by email, or hand "
                "it over."
            )
        if format is LetterFormat.PLAIN_TEXT:
            yield Objection("Plain text goes by email. Choose large print for the post.", Promise.D1, field="format")


def told_as_well(person: Person, now: Occasion) -> list[Representative]:
    """The safe parent, guardian or attorney of someone under 18 or lacking capacity, or of an adult who has one."""
    kinds = MUST_BE_TOLD_TOO if now.known.must_not_be_told_alone else SPEAK_FOR_AN_ADULT
    return [one for one in reading.representatives(person, now.day) if one.safe and one.kind in kinds]


def email_of(person: Person) -> str:
    """The email address to write to: the kept record's first, else any of their other records'; empty if none."""
    kept = reading.kept_record(person)
    others = Person.objects.filter(pk__in=reading.identities(person)).exclude(pk=kept.pk).order_by("pk")
    return next((address for one in (kept, *others) for address in one.emails), "")


def addresses(letter: models.Letter | models.AnswerLetter) -> list[str]:
    """The recipients of an approved letter, as `blocks` gave them."""
    return [block for block in letter.to_address.split("\n\n") if block]


def hindrance(letter: models.Letter, case: Case, now: Occasion) -> str:
    """Why an approved letter may not go after all, or not any more, in words; empty if it may."""
    said = [objection.words for objection in correspondence.objections_to_its_going(case, now, letter.letter)]
    if correspondence.CHANNEL_OF[Delivery(letter.delivery)] in now.known.unsafe:
        said.append("Since it was approved, that way of reaching the person was marked unsafe. Approve it another way.")
    if hashlib.sha256(bytes(letter.sent_bytes or b"")).hexdigest() != letter.sha256:
        said.append("What is kept is not what was approved. Approve it again.")
    return " ".join(said)


def _not_this_way(words: str) -> Objection:
    return Objection(words, Promise.D1, field="delivery")
