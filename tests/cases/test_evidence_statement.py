"""C2: the page for the customer is one page, in plain words, can be read by everyone, and names nobody else."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import page
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from evenhand.cases import evidence_statement
from evenhand.cases.circumstances import Moment
from evenhand.people.models import Landlord, Need, Person, User
from evenhand.policy.demand import year_sentence
from evenhand.policy.demand.comparison import Basis, Comparison
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.log import Column
from evenhand.policy.demand.measure import Measure
from evenhand.policy.demand.tally import KINDS
from evenhand.policy.demand.untold import Mark
from evenhand.policy.demand.window import Window
from evenhand.policy.demand.year import Year
from evenhand.policy.need import LetterFormat
from evenhand.policy.need import Need as NeedKind

pytestmark = pytest.mark.django_db
AT = Moment(datetime(2026, 3, 3, 9, tzinfo=UTC), date(2026, 3, 3))
ONE = Measure(
    kind=KINDS[0],
    window=Window(date(2026, 2, 2), date(2026, 3, 1)),
    figure=23,
    threshold=8,
    counted=25,
    minutes=233,
    excess=224,
    comparison=Comparison(Basis.SAME, 40, 9, 1, 100, 0.02, 2),
    teams=frozenset({"Repairs", "Income"}),
    open=(("repair", 1),),
    left_out={Reason.OVERDUE: 3, Reason.NEWS: 1},
    needs=frozenset(),
    missing=(),
    strength=0.7,
)
YEAR = Window(date(2025, 3, 9), date(2026, 3, 3))
ALL = Year(YEAR, 29, {Reason.OVERDUE: 3, Reason.NEWS: 1})
LATE = Year(YEAR, 5, {Reason.OVERDUE: 5})


@pytest.fixture
def landlord(db: None) -> Landlord:
    return Landlord.objects.create(
        name="The Housing Association of Saint Mary Redcliffe and Llanfairpwllgwyngyll with Zedham",
        address="The Old Corn Exchange\n1 Mill Lane\nZedham\nZH1 1AA",
        telephone="0113 496 0001",
        email="conduct.and.customer.services@example.org",
        complaints_route="Ring us.",
    )


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create(
        source="housing", ref="C1", forename="Oluwaseun-Alexandrina", surname="Featherstonehaugh-Cholmondeley-Adébáyò"
    )


@pytest.fixture
def manager(db: None) -> User:
    return User.objects.create(email="m@example.org", first_name="Priya", last_name="Nair")


def words(made: bytes) -> tuple[int, str]:
    """How many pages, and everything they say in one line."""
    document = pypdfium2.PdfDocument(made)
    return len(document), " ".join("".join(p.get_textpage().get_text_range() for p in document).split())


def sizes(made: bytes) -> set[float]:
    """Every size of type in it, in points."""
    pages = [each.get_textpage() for each in pypdfium2.PdfDocument(made)]
    signs = ((each, n) for each in pages for n in range(each.count_chars()) if not pdfium.FPDFText_IsGenerated(each, n))
    return {round(pdfium.FPDFText_GetFontSize(each, n), 1) for each, n in signs}


def told(said: str) -> list[str]:
    """What it says between its title and its end, word for word, without what each page and each format adds."""
    body = re.sub(r"Our reference: \S+ Page \d of \d", "", said.partition(evidence_statement.TITLE)[2])
    body = re.sub(r"\bWhat Details\b|[-–:\s]", "", body.replace("\ufffe", ""))
    return sorted(body)


def everything() -> list[Measure]:
    """All seven kinds, every reason for not counting, and nothing recorded that might be missing."""
    full = replace(
        ONE,
        left_out={reason: 9 for reason in Reason},
        missing=tuple(Column),
        needs=frozenset(),
        counted=25,
        after_ours=19,
    )
    rough = replace(full.comparison, basis=Basis.ANYONE)
    return [replace(full, kind=kind, comparison=rough, window=_days(n)) for n, kind in enumerate(KINDS, 1)]


def _days(n: int) -> Window:
    """Each of the first three kinds has four weeks of its own; the others share the year."""
    return Window(date(2026, n, 2), date(2026, n + 1, 1)) if n < 4 else Window(date(2025, 3, 2), date(2026, 3, 1))


def test_one_kind_fits_a_page_and_says_what_was_ours_first(landlord: Landlord, person: Person, manager: User) -> None:
    pages, said = words(evidence_statement.made(person, [ONE], ALL, manager, AT))
    assert pages == 1
    assert said.index("3 of 29 contacts came while our work was late") < said.index("23 times you contacted us again")
    assert "took 3 hours 53 minutes of our colleagues’ time" in said
    assert "usually take about 9 minutes" in said


def test_seven_kinds_and_long_names_fit_a_page_too(landlord: Landlord, person: Person, manager: User) -> None:
    pages, said = words(evidence_statement.made(person, everything(), ALL, manager, AT))
    assert pages == 1
    for kind in KINDS:
        assert kind.value[1:40] in said
    assert "Our records do not show when customers were told" in said


def test_what_speaks_for_the_customer_is_said_of_every_kind(landlord: Landlord, person: Person, manager: User) -> None:
    second = replace(
        ONE,
        kind=KINDS[5],
        window=Window(date(2025, 3, 2), date(2026, 3, 1)),
        left_out={Reason.OVERDUE: 19},
        missing=(Column.REOPENED,),
    )
    pages, said = words(evidence_statement.made(person, [ONE, second], ALL, manager, AT))
    assert pages == 1
    assert "From 2 February 2026 to 1 March 2026 we did not count: 3 contacts came while we were late" in said
    assert "From 2 March 2025 to 1 March 2026 we did not count: 19 contacts came while we were late" in said
    assert "Our records do not show which matters were opened again" in said


def test_the_customer_reads_how_often_we_had_contacted_them_first_and_is_asked_what_we_had_asked(
    landlord: Landlord, person: Person, manager: User
) -> None:
    seldom, often = replace(ONE, after_ours=2, reply_days=7), replace(ONE, kind=KINDS[1], after_ours=19, reply_days=7)
    pages, said = words(evidence_statement.made(person, [seldom, often], ALL, manager, AT))
    assert pages == 1 and "2 of the 25" not in said
    assert (
        "From 2 February 2026 to 1 March 2026, 19 of the 25 contacts that count came within 7 days after we had "
        "contacted you about the same thing. We do not know whether we had asked you something. If that matters here, "
        "please tell us."
    ) in said
    assert "came within 7 days" not in words(evidence_statement.made(person, [ONE], ALL, manager, AT))[1]


def test_kinds_of_the_same_days_tell_once_what_was_left_out(landlord: Landlord, person: Person, manager: User) -> None:
    _, said = words(evidence_statement.made(person, [ONE, replace(ONE, kind=KINDS[1])], ALL, manager, AT))
    assert said.count("we did not count") == 1


def test_a_customer_who_only_rang_while_we_were_late_reads_that_first(
    landlord: Landlord, person: Person, manager: User
) -> None:
    pages, said = words(evidence_statement.made(person, [], LATE, manager, AT))
    assert pages == 1
    fair = "From 9 March 2025 to 3 March 2026 you contacted us 5 times. All 5 came while our work was late or not done."
    assert f"What we counted {fair} We do not count any of them. There is nothing that we ask you to do." in said
    assert "than usual. There" not in said and "None of them shows" not in said


def test_a_customer_reads_each_reason_why_their_contacts_are_not_counted(
    landlord: Landlord, person: Person, manager: User
) -> None:
    _, said = words(evidence_statement.made(person, [], ALL, manager, AT))
    first = said.index("3 of these came while our work was late or not done. 1 more had another good reason.")
    why = said.index(
        "We did not count: 3 contacts came while we were late; 1 contact told us something new, or may have."
    )
    assert first < said.index("That leaves 25.") < why < said.index("None of them shows in your contacts.")


@pytest.mark.parametrize(
    ("contacts", "left_out", "fair"),
    [
        (0, {}, "you did not contact us."),
        (
            1,
            {Reason.OVERDUE: 1},
            "you contacted us once. It came while our work was late or not done. We do not count it.",
        ),
        (2, {Reason.EXEMPT: 2}, "you contacted us twice. All 2 had a good reason. We do not count any of them."),
        (
            1,
            {},
            "once. It did not come while our work was late, and no other reason not to count it is recorded.",
        ),
        (4, {}, "4 times. None came while our work was late, and no other reason not to count them is recorded."),
    ],
)
def test_whoever_contacted_us_seldom_is_told_so_in_whole_sentences(
    contacts: int, left_out: dict[Reason, int], fair: str
) -> None:
    assert year_sentence.fair(Year(YEAR, contacts, left_out)).endswith(fair)


def test_a_customer_reads_what_our_records_do_not_show_of_their_contacts(
    landlord: Landlord, person: Person, manager: User
) -> None:
    blind = replace(ALL, untold=frozenset(Mark), lacking=(Column.DONE,))
    for measures in ([], [ONE]):
        pages, said = words(evidence_statement.made(person, measures, blind, manager, AT))
        assert pages == 1
        assert (
            "Our records do not show whether you asked for someone more senior, or whether you said what it was about, "
            "or how you contacted us, so this cannot be measured."
        ) in said
        assert "Our records do not show how long many of your contacts took" in said
        assert ("Our records do not show when work was done" in said) is (not measures)


def test_a_sign_that_cannot_be_printed_costs_nobody_their_page(
    landlord: Landlord, person: Person, manager: User
) -> None:
    person.forename, person.surname = "Jo 🚒", "Bell"
    landlord.name = "Zedham Homes 🏠"
    landlord.save()
    pages, said = words(evidence_statement.made(person, [ONE], ALL, manager, AT))
    assert pages == 1 and "Jo [fire engine] Bell" in said and "Zedham Homes [house building]" in said


def test_whoever_reads_large_print_reads_the_same_words_and_none_is_small(
    landlord: Landlord, person: Person, manager: User
) -> None:
    for measures, year, most in (([ONE], ALL, 2), (everything(), replace(ALL, untold=frozenset(Mark)), 5)):
        large = evidence_statement.made(person, measures, year, manager, AT, LetterFormat.LARGE_PRINT)
        pages, said = words(large)
        _, usual = words(evidence_statement.made(person, measures, year, manager, AT))
        assert 1 < pages <= most and min(sizes(large)) >= 18
        assert told(said) == told(usual)


def test_whoever_has_text_read_out_has_the_same_words_without_a_greeting(
    landlord: Landlord, person: Person, manager: User
) -> None:
    made = evidence_statement.made(person, everything(), ALL, manager, AT, LetterFormat.PLAIN_TEXT).decode()
    said = " ".join(re.sub(r"^[=-]+$", "", made, flags=re.M).split())
    _, usual = words(evidence_statement.made(person, everything(), ALL, manager, AT))
    assert told(said) == told(usual)
    assert "Dear" not in said and max(map(len, made.splitlines())) <= 90
    assert said.startswith("The Housing Association") and "Our reference: C1/20260303" in said


def test_what_they_can_do_is_not_torn_between_two_large_pages(
    landlord: Landlord, person: Person, manager: User
) -> None:
    made = evidence_statement.made(person, everything(), ALL, manager, AT, LetterFormat.LARGE_PRINT)
    last = " ".join(list(pypdfium2.PdfDocument(made))[-1].get_textpage().get_text_range().split())
    assert "What you can do" in last and "In an emergency always contact us." in last


@pytest.mark.parametrize(
    ("asked_for", "need", "fits"),
    [
        ("", None, LetterFormat.STANDARD),
        ("", NeedKind.SIGHT_LOSS, LetterFormat.LARGE_PRINT),
        (LetterFormat.PLAIN_TEXT, NeedKind.SIGHT_LOSS, LetterFormat.PLAIN_TEXT),
        (LetterFormat.BRAILLE, None, LetterFormat.STANDARD),
        (LetterFormat.EASY_READ, None, LetterFormat.STANDARD),
    ],
)
def test_a_customer_gets_the_format_of_their_letters_where_it_can_be_made_at_once(
    person: Person, manager: User, asked_for: str, need: NeedKind | None, fits: LetterFormat
) -> None:
    person.letter_format = asked_for
    person.save()
    if need:
        Need.objects.create(person=person, kind=need, recorded_by=manager, recorded_on=AT.day)
    assert evidence_statement.fitting(person, AT.day) is fits


def test_everyone_can_read_it(landlord: Landlord, person: Person, manager: User) -> None:
    for measures, year in (([ONE], ALL), (everything(), replace(ALL, untold=frozenset(Mark))), ([], LATE)):
        for format in (LetterFormat.STANDARD, LetterFormat.LARGE_PRINT):
            made = evidence_statement.made(person, measures, year, manager, AT, format)
            report = page.validate_pdf_bytes(made, profile=page.ValidationProfile.PDF_UA_1)
            assert report.is_compliant, [(each.rule_id, each.message) for each in report.failures]


def test_kinds_that_were_counted_over_other_days_are_said_to_be(
    landlord: Landlord, person: Person, manager: User
) -> None:
    _, said = words(evidence_statement.made(person, everything(), ALL, manager, AT))
    assert evidence_statement.OWN_DAYS in said
    _, said = words(evidence_statement.made(person, [ONE], ALL, manager, AT))
    assert evidence_statement.OWN_DAYS not in said
