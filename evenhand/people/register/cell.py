"""How one cell of the register is read: each function takes its text, never blank, and gives what is staged.

What a cell cannot be read as raises `Unfit`, whose words are the reason in the report.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from evenhand.people import mailbox, telephone
from evenhand.people.models.home import TenancyRole, Tenure
from evenhand.people.register.language import CODES
from evenhand.people.register.need_code import NEEDS
from evenhand.people.text import tidy

Staged = tuple[str | bool | None, ...]

_PLAIN_REFERENCE = re.compile(r"[A-Za-z0-9./-]{1,60}")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_UPRN = re.compile(r"[0-9]{1,12}")
_BETWEEN_CODES = re.compile(r"[;,|/\s]+")
OLDEST = 120


class Unfit(Exception):
    """A cell that cannot be read. `kept` is what is staged of it all the same; None leaves it empty."""

    def __init__(self, reason: str, kept: Staged | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kept = kept


def text(longest: int) -> Callable[[str], Staged]:
    """Reads words of at most so many characters."""

    # Names, streets and towns come again and again.
    @lru_cache(maxsize=16_384)
    def read(cell: str) -> Staged:
        words = tidy(cell)
        if "\ufffd" in words:
            raise Unfit(
                "It holds a character that cannot be read; the others were kept.", (words.replace("\ufffd", ""),)
            )
        if len(words) > longest:
            raise Unfit(f"It is longer than {longest} characters; the first {longest} were kept.", (words[:longest],))
        return (words,)

    return read


def reference(cell: str) -> Staged:
    """Reads a reference: letters, figures and signs without a blank, at most 60."""
    if _PLAIN_REFERENCE.fullmatch(cell):
        return (cell,)
    ref = tidy(cell)
    if len(ref) > 60 or "\ufffd" in ref or " " in ref:
        raise Unfit("A reference has at most 60 characters and no blank inside.")
    return (ref,)


def day_of(cell: str) -> date:
    """The day a text names, as 2026-12-31 or 31/12/2026."""
    if match := _ISO_DAY.fullmatch(cell):
        year, month, day = match.groups()
    elif match := _BRITISH_DAY.fullmatch(cell):
        day, month, year = match.groups()
    else:
        raise Unfit("This is not a date. Write dates like 2026-12-31.")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Unfit("There is no such day in the calendar.") from None


def day(cell: str) -> Staged:
    """Reads a day on which something starts or ends."""
    found = day_of(cell)
    if not 1900 <= found.year <= 2200:
        raise Unfit("The year cannot be right.")
    return (found.isoformat(),)


def birthday(today: date) -> Callable[[str], Staged]:
    """Reads a date of birth: not to come, and not more than 120 years ago."""

    def read(cell: str) -> Staged:
        born = day_of(cell)
        if born > today:
            raise Unfit("A date of birth cannot be in the future.")
        if today.year - born.year > OLDEST:
            raise Unfit(f"A date of birth cannot be more than {OLDEST} years ago.")
        return (born.isoformat(),)

    return read


def phone(cell: str) -> Staged:
    """Reads one or several telephone numbers: as given, and normalised."""
    numbers = telephone.all_in(cell)
    if not numbers:
        raise Unfit("This is not a telephone number.")
    return tidy(cell)[:200], "{" + ",".join(numbers) + "}"


def email(cell: str) -> Staged:
    """Reads one or several email addresses: as given, and normalised."""
    addresses = mailbox.all_in(cell)
    if not addresses:
        raise Unfit("This is not an email address.")
    return tidy(cell)[:320], "{" + ",".join(f'"{address}"' for address in addresses) + "}"


@lru_cache(maxsize=1024)
def language(cell: str) -> Staged:
    """Reads a language code, with a country or script if it has one ("en", "pt-BR")."""
    code = cell.replace("_", "-")
    if code.split("-")[0].lower() not in CODES or len(code) > 35:
        raise Unfit("This is not a language code. Use ISO 639, such as en, cy or pl.")
    return (code.lower() if len(code) < 4 else code,)


@lru_cache(maxsize=1024)
def needs(cell: str) -> Staged:
    """Reads needs: as given, the kinds they are, and whether every code was known (only then do others end)."""
    codes = [code for code in _BETWEEN_CODES.split(cell.lower()) if code]
    unknown = [code for code in codes if code not in NEEDS]
    kinds = dict.fromkeys(NEEDS[code] for code in codes if code in NEEDS)
    literal = "{" + ",".join(f'"{kind.value}"' for kind in kinds) + "}"
    if unknown:
        known = ",".join(code for code in codes if code in NEEDS)
        raise Unfit(
            f"{', '.join(unknown)} is not a need we know. Use {', '.join(sorted(NEEDS))}.", (known, literal, False)
        )
    return tidy(cell)[:200], literal, True


@lru_cache(maxsize=1024)
def tenure(cell: str) -> Staged:
    """Reads the kind of a tenancy."""
    code = _as_code(cell)
    if code not in frozenset(Tenure):
        raise Unfit(f"This is not a tenure we know. Use {', '.join(Tenure)}.")
    return (code,)


@lru_cache(maxsize=1024)
def role(cell: str) -> Staged:
    """Reads what someone is to a tenancy. One we do not know is kept as living there."""
    code = _as_code(cell)
    if code not in frozenset(TenancyRole):
        known = ", ".join(known for known in TenancyRole if known is not TenancyRole.UNKNOWN)
        raise Unfit(f"This is not a role we know; they were kept as someone who lives there. Use {known}.")
    return (code,)


@lru_cache(maxsize=4096)
def postcode(cell: str) -> Staged:
    """Reads a postcode in any spacing."""
    match = _POSTCODE.fullmatch("".join(cell.upper().split()))
    if not match:
        raise Unfit("This is not a postcode.")
    return (f"{match[1]} {match[2]}",)


def uprn(cell: str) -> Staged:
    """Reads a unique property reference number: at most 12 figures; leading noughts say nothing."""
    if not _UPRN.fullmatch(cell) or not int(cell):
        raise Unfit("A UPRN is a whole number of at most 12 figures.")
    return (str(int(cell)),)


def _as_code(cell: str) -> str:
    return cell.lower().replace(" ", "_").replace("-", "_")
