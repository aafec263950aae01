"""Whatever people type or paste is kept clean, and a letter prints all of it or says what it could not print."""

import dataclasses

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.cases import glyphs, typesetting
from evenhand.cases.correspondents import Recipient
from evenhand.cases.letter_kind import Kind
from evenhand.cases.sample_letters import sample
from evenhand.cases.writing import normalise, printable, unprintable

NAMES = [
    "Łukasz Żółć", "Şükrü Ağaoğlu", "Nguyễn Thị Hồng", "Ọláwálé Adébáyọ̀", "Siân Ŵyn", "Ольга Іванова", "Γιώργος",
    "محمد عبد الله", "דוד כהן", "अनीता शर्मा", "অনিতা", "ਹਰਪ੍ਰੀਤ ਸਿੰਘ", "અનિતા", "சுந்தர்", "తెలుగు", "ಕನ್ನಡ", "മലയാളം",
    "සිංහල", "สมชาย", "ሰላም", "Հայկ", "ქეთი", "李小龍", "王芳", "たなか さくら", "김민수",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_its_own_script_is_printed_as_it_is(name):
    assert printable(name) == normalise(name)
    assert unprintable(name) == []


def test_an_emoji_prints_as_its_name_and_is_shown_to_whoever_approves():
    text = "Thanks 😀 from us 👨‍👩‍👧 👍🏽 🇬🇧"
    assert printable(text) == "Thanks [grinning face] from us [man][woman][girl] [thumbs up sign] [flag GB]"
    assert unprintable(text) == ["😀", "👨‍👩‍👧", "👍🏽", "🇬🇧"]


def test_a_bullet_pasted_from_word_stays_a_bullet():
    assert normalise("\uf0b7 first\r\n\x95 second\x96third\x92s") == "• first\n• second–third’s"


def test_control_characters_and_marks_that_turn_text_around_are_dropped():
    assert normalise("Mill\x07 Lane\u202e 12\u200b\u2066\ufeff\xad") == "Mill Lane 12"


def test_joiners_that_indian_and_persian_spelling_needs_are_kept():
    assert normalise("می\u200cخواهم क्\u200dष") == "می\u200cخواهم क्\u200dष"


def test_spaces_are_evened_and_line_breaks_kept():
    assert normalise("  a\u00a0\u2003b\t c \r\n\r\nd\u2028e ") == "a b c\n\nd\ne"


def test_a_script_without_a_font_prints_the_names_of_its_letters():
    assert printable("𐍈a") == "[gothic letter hwair]a"


@pytest.mark.parametrize("alone", ["🏻", "\u200d", "\ufe0f"])
def test_what_dresses_an_emoji_is_named_when_it_stands_alone(alone):
    assert printable(alone).startswith("[") if normalise(alone) else printable(alone) == ""


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert normalise(normalise(text)) == normalise(text)
    assert unprintable(printable(text)) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=40).filter(lambda text: normalise(text)))
def test_no_text_at_all_stops_a_letter(text):
    data = dataclasses.replace(
        sample(Kind.NO_ACTION), reasons=text, recipient=Recipient(name=text, address=(text, text))
    )
    assert typesetting.typeset(Kind.NO_ACTION, "standard", data).startswith(b"%PDF-")


def test_every_printable_character_of_the_fonts_sets():
    """All that `drawn` promises, hundreds of characters to a letter: one promise broken and typst refuses."""
    points = sorted({point for font in glyphs.coverage() for point in font})
    kept = [c for c in map(chr, points) if normalise(c) == c and printable(c) == c]
    assert len(kept) > 40_000
    for start in range(0, len(kept), 4000):
        data = dataclasses.replace(sample(Kind.NO_ACTION), reasons=" ".join(kept[start : start + 4000]))
        assert typesetting.typeset(Kind.NO_ACTION, "standard", data).startswith(b"%PDF-")


@pytest.fixture
def first_page():
    """Opens the first page of a letter with this reason, and closes what it opened."""
    opened = []

    def of(reasons: str) -> pypdfium2.PdfPage:
        data = dataclasses.replace(sample(Kind.NO_ACTION), reasons=reasons)
        opened.append(pypdfium2.PdfDocument(typesetting.typeset(Kind.NO_ACTION, "standard", data)))
        return opened[-1][0]

    yield of
    for pdf in opened:
        pdf.close()


@pytest.mark.parametrize("letter", ["ọ̀", "ẹ́", "ṣ̀", "и̂", "x̱"])
def test_a_letter_with_a_loose_accent_is_drawn_whole(letter, first_page):
    def ink(text: str) -> int:
        return sum(255 - pixel for pixel in bytes(first_page(text).render(scale=1, grayscale=True).buffer))

    paper, base, whole = ink("-"), ink("-" + letter[0] * 9), ink("-" + letter * 9)
    assert whole - paper > 0.95 * (base - paper) > 0


def test_a_number_after_an_arabic_name_stays_after_it(first_page):
    text = first_page("محمد, 99 Mill Lane").get_textpage()
    everything = text.get_text_range()
    name = next(at for at, c in enumerate(everything) if c in "محمد")
    assert text.get_charbox(name)[0] < text.get_charbox(everything.index("99"))[0]
    text.close()
