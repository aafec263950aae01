"""Who writes, to whom, and how the customer can reach us: read from the landlord's and the person's records."""

from collections.abc import Iterable

from evenhand.cases.correspondents import Landlord, Recipient, Sender
from evenhand.people import reading
from evenhand.people.models import Home, Person, User
from evenhand.people.models import Landlord as LandlordRow
from evenhand.policy.case import Case
from evenhand.policy.need import WRITTEN, Channel, LetterFormat, suggested_format
from evenhand.policy.occasion import Known, Occasion

NAMED = frozenset({Channel.PHONE, Channel.EMAIL, Channel.LETTER})
"""The ways that letters name."""


class NoLandlord(Exception):
    """Nobody has said yet who the landlord is, so no letter can be written."""

    def __init__(self) -> None:
        super().__init__("Letters need the landlord’s name, address and telephone. An administrator fills them in.")


def landlord() -> Landlord:
    """The landlord as letters show it. Raises `NoLandlord`."""
    row = LandlordRow.objects.first()
    if row is None:
        raise NoLandlord
    return Landlord(
        name=row.name,
        address=tuple(line.strip() for line in row.address.splitlines() if line.strip()),
        telephone=row.telephone,
        email=row.email,
        emergency_telephone=row.emergency_telephone or row.telephone,
        complaints=row.complaints_route or f"call {row.telephone} or write to us",
        nation=row.nation.lower().replace(" ", "-"),
        website=row.portal_url.partition("//")[2].rstrip("/"),
    )


def recipient(person: Person, now: Occasion, home: Home | None = None) -> Recipient:
    """The person alone. Their address is a home they live in today (first the case's, then one whose tenancy is
    theirs), never one they visit: it may be empty, and then the letter goes by email or by hand (rule 20)."""
    kept = reading.kept_record(person)
    links = list(reading.links(reading.identities(person), now.day))
    lived_in = sorted(links, key=lambda link: (link.tenancy.home_id != (home.pk if home else None), not link.holds))
    where = lived_in[0].tenancy.home if lived_in else None
    lines = (where.address_line, where.town, where.postcode) if where else ()
    return Recipient(name=kept.formal_name or kept.name, address=tuple(line for line in lines if line))


def sender(candidates: Iterable[str], aside: frozenset[str], ours: Landlord) -> Sender:
    """Who to talk to about the letter: the first of these colleagues who may be shown, with their team's number.

    `candidates` and `aside` are actor ids. When nobody may be shown, a team of theirs signs, or the landlord.
    """
    ids = [each for each in candidates if each]
    found = {u.actor_id: u for u in User.objects.filter(actor_id__in=ids, is_active=True).select_related("team")}
    users = [found[each] for each in ids if each in found]
    user = next((u for u in users if u.actor_id not in aside), None)
    team = next((u.team for u in ([user] if user else users) if u.team), None)
    team_name = team.name if team else ours.name
    return Sender(
        name=user.name if user else team_name,
        team=team_name,
        telephone=(team.telephone if team else "") or ours.telephone,
        email=(team.email if team else "") or ours.email,
    )


def by_limits(case: Case, now: Occasion, reference: str) -> frozenset[Channel]:
    """The channels that no limit of theirs closes, in this case as it stands after the act or in another."""
    plans = [limit.change.plan or limit.plan for limit in case.expectation.live(now.day)]
    others = [x.channels for x in now.known.limits if x.case != reference and not x.single_contact]
    return frozenset(Channel).intersection(*(plan.channels for plan in plans if plan), *others)


def closed(case: Case, now: Occasion, reference: str) -> tuple[str, ...]:
    """The ways of reaching us that no letter offers them: a need, a danger or a limit rules each out (rule 2). Where
    the limits leave only ways that no letter names, such as our office, those that suit them are offered all the
    same: nobody is left without a way to ask about a letter or to appeal."""
    suit = NAMED - now.known.unsuitable
    left = suit & by_limits(case, now, reference) or suit
    return tuple(sorted(channel.value for channel in NAMED - left))


def ways(from_us: Sender) -> tuple[str, ...]:
    """How the customer can reach us, as ends of "You can …": none that is closed to them."""
    possible = (
        (Channel.PHONE, f"call {from_us.telephone}"),
        (Channel.EMAIL, f"email {from_us.email}"),
        (Channel.LETTER, "write to us at the address on this letter"),
    )
    fit = [words for channel, words in possible if channel not in from_us.closed and not words.endswith(" ")]
    return (*fit, "ask someone you trust to tell us for you")


def adjustments(known: Known) -> tuple[str, ...]:
    """What we do differently for this person: only what the rules hold us to (rule 2), and never why."""
    writing = WRITTEN <= known.unsuitable - known.unsafe
    telephone = Channel.PHONE in known.unsuitable - known.unsafe
    promised = (
        (writing, "we will talk to you rather than ask you to write"),
        (telephone, "we will not ask you to use the telephone"),
    )
    return tuple(words for is_so, words in promised if is_so)


def suggested(person: Person, known: Known) -> LetterFormat:
    """The format to offer first: the one on the person's record, else what their needs and language suggest."""
    kept = reading.kept_record(person)
    if kept.letter_format:
        return LetterFormat(kept.letter_format)
    return suggested_format(known.needs, kept.language)
