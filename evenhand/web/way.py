"""Where the colleagues' pages are: the address of a verb, of a case, of a person."""

from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.urls import NoReverseMatch, reverse

from evenhand.people.models import Home, Person

PEOPLE = Signer(salt="evenhand.person")
HOMES = Signer(salt="evenhand.home")


def to_verb(reference: str, verb: str, subject: str | None = None) -> str:
    """The page of a verb on a case, about `subject` where it has one; empty where the verb has no page of its own."""
    for given in ([reference, subject], [reference]) if subject else ([reference],):
        try:
            return reverse(verb, args=given)
        except NoReverseMatch:
            continue
    return ""


def to_case(reference: str) -> str:
    return reverse("case", args=[reference])


def to_person(person: Person) -> str:
    """The person's page. Its address is signed: who holds one cannot count on to the next person.

    A register's own reference would be an address anyone could guess, and tell which system it is from.
    """
    return reverse("person", args=[PEOPLE.sign(str(person.pk))])


def person_of(signed: str) -> int:
    """The key that a signed address carries. Raises `LookupError` if it was not signed here."""
    try:
        return int(PEOPLE.unsign(signed))
    except (BadSignature, ValueError) as wrong:
        raise LookupError(signed) from wrong


def to_check(about: Person | Home) -> str:
    """The answer card of a person or a home, by a signed address too."""
    if isinstance(about, Home):
        return to_check_home(about.pk)
    return reverse("check.person", args=[PEOPLE.sign(str(about.pk))])


def to_check_home(home: int) -> str:
    """The answer card of a home, by its key."""
    return reverse("check.home", args=[HOMES.sign(str(home))])


def to_hazards(home: Home) -> str:
    """The hazards of a home."""
    return reverse("home.hazards", args=[HOMES.sign(str(home.pk))])


def home_of(signed: str) -> int:
    """The key of the home that a signed address carries. Raises `LookupError` if it was not signed here."""
    try:
        return int(HOMES.unsign(signed))
    except (BadSignature, ValueError) as wrong:
        raise LookupError(signed) from wrong


def to_acknowledge(about: Person | Home) -> str:
    """Where a colleague says that they have read a card."""
    if isinstance(about, Home):
        return reverse("check.acknowledge", args=["home", HOMES.sign(str(about.pk))])
    return reverse("check.acknowledge", args=["person", PEOPLE.sign(str(about.pk))])


def to_report(person: Person | None = None, home: Home | None = None) -> str:
    """Where an incident is reported; about a person, or at a home, with them already looked for."""
    try:
        page = reverse("incident.report")
    except NoReverseMatch:
        return ""
    told = {"about": PEOPLE.sign(str(person.pk))} if person else {"at": HOMES.sign(str(home.pk))} if home else {}
    return f"{page}?{urlencode(told)}" if told else page


def with_query(route: str, **asked: str | None) -> str:
    """A named page with what is asked of it in its address; what is empty is left out."""
    told = urlencode({name: value for name, value in asked.items() if value})
    return reverse(route) + (f"?{told}" if told else "")


def to_letter(reference: str, letter: str) -> str:
    """A letter's own page; empty while there is none."""
    try:
        return reverse("letter", args=[reference, letter])
    except NoReverseMatch:
        return ""
