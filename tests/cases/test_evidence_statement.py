"""C2: the page for the customer is one page, in plain words, can be read by everyone, and names nobody else."""

from dataclasses import replace
from datetime import UTC, date, datetime

import page
import pypdfium2
import pytest

from evenhand.cases import evidence_statement
from evenhand.cases.circumstances import Moment
from evenhand.people.models import Landlord, Person, User
from evenhand.policy.demand.comparison import Basis, Comparison
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.log import Column
from evenhand.policy.demand.measure import Measure
from evenhand.policy.demand.tally import KINDS
from evenhand.policy.demand.window import Window

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


def everything() -> list[Measure]:
    """All seven kinds, every reason for not counting, and nothing recorded that might be missing."""
    full = replace(ONE, left_out={reason: 9 for reason in Reason}, missing=tuple(Column), needs=frozenset(), counted=25)
    rough = replace(full.comparison, basis=Basis.ANYONE)
    return [replace(full, kind=kind, comparison=rough, window=_days(n)) for n, kind in enumerate(KINDS, 1)]


def _days(n: int) -> Window:
    """Each of the first three kinds has four weeks of its own; the others share the year."""
    return Window(date(2026, n, 2), date(2026, n + 1, 1)) if n < 4 else Window(date(2025, 3, 2), date(2026, 3, 1))


def test_one_kind_fits_a_page_and_says_what_was_ours_first(landlord: Landlord, person: Person, manager: User) -> None:
    pages, said = words(evidence_statement.pdf(person, [ONE], manager, AT))
    assert pages == 1
    assert said.index("3 of 29 contacts came while our work was late") < said.index("23 times you contacted us again")
    assert "took 3 hours 53 minutes of our colleagues’ time" in said
    assert "usually take about 9 minutes" in said


def test_seven_kinds_and_long_names_fit_a_page_too(landlord: Landlord, person: Person, manager: User) -> None:
    pages, said = words(evidence_statement.pdf(person, everything(), manager, AT))
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
    pages, said = words(evidence_statement.pdf(person, [ONE, second], manager, AT))
    assert pages == 1
    assert "From 2 February 2026 to 1 March 2026 we did not count: 3 contacts came while we were late" in said
    assert "From 2 March 2025 to 1 March 2026 we did not count: 19 contacts came while we were late" in said
    assert "Our records do not show which matters were opened again" in said


def test_kinds_of_the_same_days_tell_once_what_was_left_out(landlord: Landlord, person: Person, manager: User) -> None:
    _, said = words(evidence_statement.pdf(person, [ONE, replace(ONE, kind=KINDS[1])], manager, AT))
    assert said.count("we did not count") == 1


def test_nothing_to_say_is_said_too(landlord: Landlord, person: Person, manager: User) -> None:
    pages, said = words(evidence_statement.pdf(person, [], manager, AT))
    assert pages == 1 and "There is nothing that we ask you to do" in said


def test_a_sign_that_cannot_be_printed_costs_nobody_their_page(
    landlord: Landlord, person: Person, manager: User
) -> None:
    person.forename, person.surname = "Jo 🚒", "Bell"
    landlord.name = "Zedham Homes 🏠"
    landlord.save()
    pages, said = words(evidence_statement.pdf(person, [ONE], manager, AT))
    assert pages == 1 and "Jo [fire engine] Bell" in said and "Zedham Homes [house building]" in said


def test_everyone_can_read_it(landlord: Landlord, person: Person, manager: User) -> None:
    for measures in ([ONE], everything(), []):
        made = evidence_statement.pdf(person, measures, manager, AT)
        report = page.validate_pdf_bytes(made, profile=page.ValidationProfile.PDF_UA_1)
        assert report.is_compliant, [(each.rule_id, each.message) for each in report.failures]
