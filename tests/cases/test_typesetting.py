"""Every letter in every format can be read by everyone: what an outside checker and the tags themselves say of it.

The checker is `page` (from the package page-validation), which asks 104 rules of PDF/UA-1. It cannot see whether the
order of reading makes sense, whether an alternative text is true, whether words are plain or contrast is enough:
those are looked at here by the tags, by tests of the wording, and by eye.
"""

import dataclasses
import hashlib
import io
from collections.abc import Iterator
from datetime import date

import page
import pikepdf
import pypdfium2
import pytest

from evenhand.cases import typesetting
from evenhand.cases.composing import LetterIncomplete
from evenhand.cases.correspondents import Recipient
from evenhand.cases.letter_kind import Format, Kind
from evenhand.cases.sample_letters import LANDLORD, sample
from evenhand.cases.wording import WordingError

PDFS = [shape for shape in Format if shape.is_pdf]


@pytest.fixture(scope="module")
def pdf_of():
    made: dict[tuple[Kind, Format], bytes] = {}

    def of(kind: Kind, shape: Format) -> bytes:
        if (kind, shape) not in made:
            made[kind, shape] = typesetting.typeset(kind, shape, sample(kind))
        return made[kind, shape]

    return of


def tags(pdf: pikepdf.Pdf) -> list[tuple[str, pikepdf.Object]]:
    """Every structure element of the document, in reading order, by the name of its tag."""

    def walk(element: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
        if isinstance(element, pikepdf.Array):
            for each in element:
                yield from walk(each)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield str(element.S), element
            if "/K" in element:
                yield from walk(element.K)

    return list(walk(pdf.Root.StructTreeRoot.K))


@pytest.mark.parametrize("shape", PDFS)
@pytest.mark.parametrize("kind", Kind)
def test_an_outside_checker_finds_nothing_against_pdf_ua_in_any_letter(pdf_of, kind, shape):
    report = page.validate_pdf_bytes(pdf_of(kind, shape), profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant, [(each.rule_id, each.message) for each in report.failures]
    assert report.rules.total > 100


def test_the_outside_checker_does_see_a_letter_that_lost_its_tags(pdf_of):
    with pikepdf.open(io.BytesIO(pdf_of(Kind.FINDING, Format.STANDARD))) as pdf:
        del pdf.Root["/StructTreeRoot"]
        spoilt = io.BytesIO()
        pdf.save(spoilt)
    assert not page.validate_pdf_bytes(spoilt.getvalue(), profile=page.ValidationProfile.PDF_UA_1).is_compliant


@pytest.mark.parametrize("shape", PDFS)
@pytest.mark.parametrize("kind", Kind)
def test_a_reader_who_listens_hears_title_language_headings_and_pictures(pdf_of, kind, shape):
    with pikepdf.open(io.BytesIO(pdf_of(kind, shape))) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked) is True
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
        assert "EH-7K3F-92QM" in str(pdf.docinfo["/Title"])
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261117")
        elements = tags(pdf)
        names = [name for name, _ in elements]
        assert names.count("/H1") == 1
        assert names.index("/H1") < names.index("/H2")
        figures = [element for name, element in elements if name == "/Figure"]
        assert figures and all(str(each.get("/Alt", "")).strip() for each in figures)
        links = [link for each in pdf.pages for link in each.get("/Annots", [])]
        assert links and all(str(link.get("/Contents", "")).strip() for link in links)
        assert pdf.pages[0].get("/Tabs") == "/S"


@pytest.mark.parametrize("kind", [Kind.LIMITS, Kind.SINGLE_CONTACT, Kind.MARKER])
@pytest.mark.parametrize("shape", [Format.STANDARD, Format.LARGE_PRINT])
def test_a_table_of_facts_has_header_cells_that_say_what_they_head(pdf_of, kind, shape):
    with pikepdf.open(io.BytesIO(pdf_of(kind, shape))) as pdf:
        elements = tags(pdf)
        heads = [element for name, element in elements if name == "/TH"]
        assert [name for name, _ in elements].count("/Table") == 1
        assert len(heads) == 2
        for head in heads:
            attributes = head.A if isinstance(head.A, pikepdf.Array) else [head.A]
            assert any(str(each.get("/Scope", "")) == "/Column" for each in attributes)


def test_easy_read_tells_in_words_what_each_picture_shows(pdf_of):
    with pikepdf.open(io.BytesIO(pdf_of(Kind.LIMITS, Format.EASY_READ))) as pdf:
        told = [str(element.Alt) for name, element in tags(pdf) if name == "/Figure"]
    assert "A telephone" in told
    assert "A home with a warning in it" in told
    assert "QR code of our reference EH-7K3F-92QM" in told


def sizes(pdf: bytes) -> set[float]:
    """The sizes of type in a PDF, in points."""
    found: set[float] = set()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for each in opened.pages:
            for operands, operator in pikepdf.parse_content_stream(each):
                if str(operator) == "Tf":
                    found.add(float(operands[1]))
    return found


def test_large_print_is_eighteen_point_or_more_the_address_in_the_window_with_it(pdf_of):
    for kind in Kind:
        assert min(sizes(pdf_of(kind, Format.LARGE_PRINT))) >= 18


def test_easy_read_is_fourteen_point_or_more_the_address_in_the_window_with_it(pdf_of):
    for kind in Kind:
        assert min(sizes(pdf_of(kind, Format.EASY_READ))) >= 14


def test_an_address_of_six_lines_is_as_large_as_the_window_lets_it_be():
    recipient = Recipient(name="Mrs Zofia Wójcik", address=("Flat 3", "Mill House", "Mill Lane", "Salford", "M5 4WT"))
    data = dataclasses.replace(sample(Kind.FINDING), recipient=recipient)
    assert min(sizes(typesetting.typeset(Kind.FINDING, Format.LARGE_PRINT, data))) == 15
    assert 15 in sizes(typesetting.typeset(Kind.FINDING, Format.EASY_READ, data))
    assert 12 in sizes(typesetting.typeset(Kind.FINDING, Format.STANDARD, data))


def test_the_same_facts_give_the_same_bytes_and_so_the_same_digest(pdf_of):
    for shape in Format:
        first = typesetting.typeset(Kind.MARKER, shape, sample(Kind.MARKER))
        typesetting.typeset(Kind.LIMITS, shape, sample(Kind.LIMITS))
        again = typesetting.typeset(Kind.MARKER, shape, sample(Kind.MARKER))
        assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()


def test_another_date_gives_another_letter():
    data = sample(Kind.MARKER)
    later = dataclasses.replace(data, dated=date(2026, 11, 18))
    assert typesetting.typeset(Kind.MARKER, "standard", data) != typesetting.typeset(Kind.MARKER, "standard", later)


def test_only_fonts_that_come_with_evenhand_are_used(pdf_of):
    with pikepdf.open(io.BytesIO(pdf_of(Kind.FINDING, Format.STANDARD))) as pdf:
        fonts = {str(font.BaseFont) for each in pdf.pages for font in each.Resources.Font.values()}
    assert fonts and all("Atkinson" in font or "NotoSans" in font for font in fonts), fonts


@pytest.mark.parametrize("kind", list(Kind))
def test_no_last_page_holds_only_whom_to_ask_and_a_name(pdf_of, kind):
    with pypdfium2.PdfDocument(pdf_of(kind, Format.STANDARD)) as opened:
        last = opened[len(opened) - 1].get_textpage().get_text_bounded()
    assert "If you are unhappy with how we treated you" in last and "Who to talk to about this letter" in last


def test_what_a_person_wrote_is_printed_and_never_obeyed():
    trick = '#panic("no") $x$ *not bold* _ @ref <a> \\ // [x] #import "parts.typ" {landlord.name} **stars**'
    data = dataclasses.replace(sample(Kind.FINDING), reasons=trick, recipient=Recipient(name=trick, address=(trick,)))
    for shape in Format:
        typesetting.typeset(Kind.FINDING, shape, data)
        said = typesetting.statements(Kind.FINDING, shape, data)
        assert trick in said["why"]


def test_only_the_landlords_and_advisers_addresses_become_links():
    data = dataclasses.replace(
        sample(Kind.FINDING), reasons="See www.not-ours.example or write to me@not-ours.example."
    )
    with pikepdf.open(io.BytesIO(typesetting.typeset(Kind.FINDING, "standard", data))) as pdf:
        targets = {str(link.A.URI) for each in pdf.pages for link in each.get("/Annots", [])}
    assert f"mailto:{LANDLORD.email}" in targets
    assert "https://www.housing-ombudsman.org.uk" in targets
    assert not any("not-ours" in target for target in targets)


def test_plain_text_has_every_word_in_short_lines():
    text = typesetting.typeset(Kind.LIMITS, Format.PLAIN_TEXT, sample(Kind.LIMITS)).decode()
    assert max(map(len, text.splitlines())) <= 72
    flat = " ".join(text.split())
    for words in typesetting.statements(Kind.LIMITS, Format.PLAIN_TEXT, sample(Kind.LIMITS)).values():
        for line in words.splitlines():
            assert " ".join(line.split()) in flat
    assert "Dear Mrs Zofia Wójcik," in text


def test_a_letter_without_a_fact_it_speaks_of_is_refused_and_says_which():
    bare = dataclasses.replace(sample(Kind.FINDING), reasons="", conduct=())
    with pytest.raises(LetterIncomplete) as refusal:
        typesetting.typeset(Kind.FINDING, "standard", bare)
    assert refusal.value.missing == ["conduct (in what)", "conduct (in decision)", "reasons (in why)"]


def test_an_unknown_kind_or_format_or_nation_is_refused():
    with pytest.raises(ValueError, match="farewell"):
        typesetting.typeset("farewell", "standard", sample(Kind.FINDING))
    with pytest.raises(ValueError, match="braille"):
        typesetting.typeset(Kind.FINDING, "braille", sample(Kind.FINDING))
    with pytest.raises(WordingError, match="atlantis"):
        typesetting.typeset(Kind.FINDING, "standard", sample(Kind.FINDING, "atlantis"))


MM = 72 / 25.4
LONG = (
    "The Old Chapel Supported Living Scheme", "Flat 12, Second Floor, Block C", "Saint Bartholomew’s Court",
    "1127–1131 Great Western Road, Llanfair-ym-Muallt",
    "Near Kingston upon Hull", "East Riding of Yorkshire", "HU1 1AA",
)  # fmt: skip


ONE_WORD = ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "LL61 5UJ")


@pytest.mark.parametrize("address", [LONG[-2:], LONG, ONE_WORD])
@pytest.mark.parametrize("shape", PDFS)
def test_the_whole_address_and_nothing_else_shows_in_the_window_of_the_envelope(shape, address):
    recipient = Recipient(name="Mrs Zofia Wójcik", address=address)
    pdf = pypdfium2.PdfDocument(
        typesetting.typeset(Kind.FINDING, shape, dataclasses.replace(sample(Kind.FINDING), recipient=recipient))
    )
    height = pdf[0].get_height()
    text = pdf[0].get_textpage()
    seen = text.get_text_bounded(20 * MM, height - 86 * MM, 114 * MM, height - 50 * MM)
    assert " ".join(seen.split()) == " ".join(" ".join([recipient.name, *address]).split())
    text.close()
    pdf.close()
