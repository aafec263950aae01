"""How one cell of a contact log is read, where the register's own ways do not fit.

Each function takes the cell's text, never blank, and gives what is staged. What a cell cannot be read as raises
`Unfit`, whose words are the reason in the report.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from evenhand.contacts.models.contact import Caller, Direction
from evenhand.people.register.cell import Staged, Unfit, day, text
from evenhand.people.text import tidy
from evenhand.policy.need import Channel

LONGEST_MINUTES = 24 * 60
_UTC = re.compile(r"(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?(?:\.\d{1,6})?(?:Z|\+00:?00)?")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")

YES = frozenset({"y", "yes", "true", "t", "1"})
NO = frozenset({"n", "no", "false", "f", "0"})
NOT_EXEMPT = NO | {
    *("", "none", "nil", "na", "n_a", "not_applicable", "not_exempt", "non_exempt", "no_exemption"),
    *("none_required", "unknown", "not_known"),
}
"""Words of other systems for no exemption; the first is left of a dash."""

CHANNELS = {
    **{channel.value: channel for channel in Channel},
    **dict.fromkeys(("telephone", "tel", "call", "mobile"), Channel.PHONE),
    **dict.fromkeys(("e_mail", "mail_electronic"), Channel.EMAIL),
    **dict.fromkeys(("post", "mail", "in_writing"), Channel.LETTER),
    **dict.fromkeys(("web", "web_form", "portal", "website", "online", "app"), Channel.WEBFORM),
    **dict.fromkeys(("home_visit",), Channel.VISIT),
    **dict.fromkeys(("in_person", "reception", "face_to_face"), Channel.OFFICE),
    **dict.fromkeys(("social_media",), Channel.SOCIAL),
}
DIRECTIONS = {
    **dict.fromkeys(("in", "inbound", "incoming", "i"), Direction.IN),
    **dict.fromkeys(("out", "outbound", "outgoing", "o"), Direction.OUT),
}
CALLERS = {
    **{caller.value: caller for caller in Caller},
    **dict.fromkeys(("customer", "tenant"), Caller.SELF),
    **dict.fromkeys(("representative", "solicitor", "support_worker"), Caller.ADVOCATE),
    **dict.fromkeys(("relative", "friend"), Caller.FAMILY),
}


def moment(today: date, since: date) -> Callable[[str], Staged]:
    """Reads a moment: ISO 8601, in UTC unless it says otherwise. Not before `since`, and not to come.

    A day's grace is given, as clocks and zones differ.
    """
    latest = today + timedelta(days=1)
    kept = f"Contacts before {since.day} {since:%B %Y} are kept only as totals."

    @lru_cache(maxsize=4096)
    def checked(iso: str) -> str:
        day(iso)
        if iso > latest.isoformat():
            raise Unfit("A contact cannot be in the future.")
        if iso < since.isoformat():
            raise Unfit(kept)
        return iso

    def read(cell: str) -> Staged:
        if match := _UTC.fullmatch(cell):
            return (f"{checked(match[1])}T{match[2]}{match[3] or ':00'}Z",)
        try:
            found = datetime.fromisoformat(cell)
        except ValueError:
            raise Unfit("This is not a moment. Write moments like 2026-12-31T14:30:00Z.") from None
        if len(cell) <= 10:
            raise Unfit("There is a day and no time. Write moments like 2026-12-31T14:30:00Z.")
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        return (f"{checked(found.date().isoformat())}T{found:%H:%M:%S}Z",)

    return read


def yes_or_no(cell: str) -> Staged:
    """Reads Y or N, in any way systems write it."""
    said = cell.lower()
    if said in YES or said in NO:
        return (said in YES,)
    raise Unfit("This is neither Y nor N.")


def minutes(cell: str) -> Staged:
    """Reads how long it took, in whole minutes."""
    try:
        found = round(float(cell))
    except (ValueError, OverflowError):
        raise Unfit("This is not a number of minutes.") from None
    if found < 0:
        raise Unfit("A number of minutes cannot be less than nought.")
    if found > LONGEST_MINUTES:
        raise Unfit("No contact takes longer than a day.")
    return (str(found),)


def one_of(known: Mapping[str, str], what: str, shown: type[StrEnum]) -> Callable[[str], Staged]:
    """Reads a word of a closed list, and the names other systems have for it."""

    def read(cell: str) -> Staged:
        word = known.get(code(cell))
        if word is None:
            raise Unfit(f"This is not {what} we know. Use {', '.join(shown)}.")
        return (str(word),)

    return read


channel = one_of(CHANNELS, "a channel", Channel)
direction = one_of(DIRECTIONS, "a direction", Direction)
caller = one_of(CALLERS, "a caller", Caller)


def kind(cell: str) -> Staged:
    """Reads a source's own word for a kind: in small letters, its blanks as underscores ("Stage 1" is "stage_1")."""
    return text(60)(code(cell) or tidy(cell))


def exemption(cell: str) -> Staged:
    """Reads a source's own word for what a contact is exempt by. Words that say it is not leave it empty: otherwise
    every contact of a system that fills the cell so would count for the customer, and nobody would notice."""
    return ("",) if code(cell) in NOT_EXEMPT else kind(cell)


def code(cell: str) -> str:
    """A word as code: small letters and figures, with an underscore for whatever else is between."""
    return _NOT_LETTERS.sub("_", cell.lower()).strip("_")
