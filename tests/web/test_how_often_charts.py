"""C2: the charts of how often: nothing is cut off, hidden or merged, and whoever stands far out is seen to."""

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from unittest import mock

import pytest
from django.template import engines
from django.template.loader import render_to_string

from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.log import Contact, History, Matter
from evenhand.web import demand_chart, demand_csv, demand_shown
from evenhand.web.demand_chart import Line, Stood, distribution, timeline

OPENED, PROMISED, TODAY = date(2026, 1, 12), date(2026, 2, 9), date(2026, 6, 30)
DAYS = ("respond_by", "responded", "closed", "done", "reopened")
ON_A_TELEPHONE = 328  # pixels across


def contact(number: int, day: date, matter: str = "R1") -> Contact:
    return Contact(str(number), datetime(day.year, day.month, day.day, 10, tzinfo=UTC), day, 5, matter=matter)


def matter(**more: Any) -> Matter:
    return Matter(**{"ref": "R1", "kind": "repair", "opened": OPENED, "respond_by": PROMISED, **more})


def chart(*days: date, today: date = TODAY, left_out: dict[str, Reason] | None = None, **more: Any) -> dict[str, Any]:
    said = tuple(contact(number, day) for number, day in enumerate(days))
    return timeline(History(said, {"R1": matter(**more)}), left_out or {}, today)


def weekly(number: int) -> list[date]:
    return [OPENED + timedelta(weeks=n) for n in range(number)]


def drawn(chart: dict[str, Any]) -> str:
    template = engines["django"].from_string("{% load demand_figure %}{% matters_line chart %}")
    return str(template.render({"chart": chart}))


def dots(page: str) -> list[tuple[str, float, float]]:
    """Each dot of a matter as (its class, per cent across, pixels down); those of the key have no per cent."""
    found = re.findall(r'<circle class="eh-figure__(\w+)" cx="([\d.]+)%" cy="([\d.]+)"', page)
    return [(kind, float(x), float(y)) for kind, x, y in found]


def largest(page: str) -> float:
    """Pixels from the middle of the largest of them to its edge."""
    return max(float(size) for size in re.findall(r'cx="[\d.]+%" cy="[\d.]+" r="([\d.]+)"', page))


def ends(page: str) -> float:
    """Per cent across where the day promised ends, as it is marked."""
    (place,) = re.findall(r'<svg x="([\d.]+)%" overflow="visible"><path class="eh-figure__promise"', page)
    return float(place)


def test_what_a_matter_is_and_how_many_count_are_words_that_wrap() -> None:
    page = drawn({**chart(*weekly(12), left_out={"3": Reason.NEWS}), "ticks": []})
    told = re.findall(r'<p class="eh-figure__words">(.+?)</p>', page)
    assert told == ["<strong>Repair of 12 January 2026</strong> 12 contacts, 11 counted. Promised by 9 February 2026"]
    assert "<text" not in page


def test_many_contacts_of_a_day_stand_above_each_other_and_none_hides_another() -> None:
    page = drawn(chart(*[OPENED] * 30, left_out={str(n): Reason.OVERDUE for n in range(4)}))
    found = dots(page)
    assert len(found) == 30 == len(set(found)) and len({x for _, x, _ in found}) == 1
    assert [kind for kind, *_ in sorted(found, key=lambda dot: dot[2])][:4] == ["open"] * 4
    downs = sorted(y for *_, y in found)
    assert min(b - a for a, b in zip(downs, downs[1:], strict=False)) >= 2 * largest(page)


def test_dots_of_a_whole_year_do_not_touch_on_a_telephone() -> None:
    page = drawn(chart(*(OPENED + timedelta(days=n) for n in range(330))))
    columns = sorted({x for _, x, _ in dots(page)})
    between = min(b - a for a, b in zip(columns, columns[1:], strict=False)) * ON_A_TELEPHONE / 100
    assert between >= 2 * largest(page) >= 4
    assert "Contacts of 7 days stand one above the other" in page


def test_what_came_before_the_day_promised_stands_before_its_mark_and_what_came_after_it_behind() -> None:
    page = drawn(chart(OPENED, PROMISED, PROMISED + timedelta(days=1), *weekly(40)[6:]))
    places = sorted(x for _, x, _ in dots(page))
    assert places[1] < ends(page) < places[2]


def test_a_promise_that_falls_due_after_the_last_contact_is_marked() -> None:
    page = drawn(chart(OPENED))
    assert ends(page) < 95 and "The day we promised it by" in page


def test_a_promise_far_away_is_told_in_words_and_does_not_press_the_rest_together() -> None:
    page = drawn(chart(OPENED, respond_by=date(2027, 9, 1)))
    assert "Promised by 1 September 2027" in page
    assert "29 December 2025 to 26 January 2026" in page and "The day we promised it by" not in page


def test_a_day_on_which_we_were_late_is_wide_enough_to_be_seen_on_a_telephone() -> None:
    page = drawn(chart(*weekly(50), done=PROMISED + timedelta(days=1)))
    pixels = re.findall(r'<rect class="eh-figure__late" x="([\d.]+%)" y="[^"]+" width="(\d+)"', page)
    assert [int(width) >= 5 for place, width in pixels if float(place[:-1]) == ends(page)] == [True]


def test_nothing_to_come_is_called_late() -> None:
    days, today = weekly(5), PROMISED + timedelta(days=4)
    (line,) = chart(*days, today=today)["lines"]
    assert line.told[1] == "since 10 February 2026"
    ((_, width, _),) = [span for span in line.spans if span[2] is Stood.LATE]
    assert float(width[:-1]) == pytest.approx(100 * 4 / chart(*days, today=today)["days"], abs=0.01)


def test_how_long_we_were_late_is_told_whole_though_only_a_part_is_drawn() -> None:
    (line,) = chart(OPENED, today=TODAY, done=date(2026, 5, 4))["lines"]
    assert line.told[1] == "10 February 2026 to 4 May 2026"
    (line,) = chart(OPENED, today=TODAY, done=date(2026, 2, 10))["lines"]
    assert line.told[1] == "10 February 2026"


def test_where_no_date_was_promised_nothing_is_said_to_be_in_time_or_late() -> None:
    page = drawn(chart(*weekly(3), respond_by=None))
    assert "No date was promised" in page and "in time</li>" not in page and "We are late" not in page


def test_the_key_explains_what_is_drawn_and_nothing_else() -> None:
    page = drawn(timeline(History((contact(1, OPENED, ""),), {}), {}, TODAY))
    assert re.findall(r"</svg>([^<]+)</li>", page) == ["A contact that counts"]
    late = drawn(chart(*weekly(8), closed=PROMISED + timedelta(days=5), left_out={"1": Reason.NEWS}))
    key = ["The matter is in time", "The day we promised it by", "We are late", "Closed, and not done"]
    assert re.findall(r"</svg>([^<]+)</li>", late) == [*key, "A contact that counts", "A contact that does not"]


def test_months_are_named_and_their_names_never_touch_each_other_or_the_edge() -> None:
    for weeks in range(1, 56):
        ticks = chart(*weekly(weeks))["ticks"]
        named = [float(place[:-1]) for place, words, _ in ticks if words]
        assert len(named) >= 2 and named[-1] < 88
        assert all(b - a > 14 for a, b in zip(named, named[1:], strict=False))


def test_a_short_time_is_told_in_weeks_and_a_new_year_is_named() -> None:
    assert [words for _, words, _ in chart(OPENED, done=OPENED)["ticks"] if words][0] == "29 Dec"
    months = chart(*weekly(30))["ticks"]
    assert [(words, year) for _, words, year in months if words][:2] == [("Jan", "2026"), ("Mar", "")]
    assert [year for _, _, year in chart(*weekly(60))["ticks"] if year] == ["2026", "2027"]


def test_matters_that_are_not_drawn_are_said_to_be_missing() -> None:
    matters = {f"R{n}": matter(ref=f"R{n}") for n in range(14)}
    said = [contact(100 * n + m, OPENED, f"R{n}") for n in range(14) for m in range(14 - n)]
    page = drawn(timeline(History(tuple(said), matters), {}, TODAY))
    assert "Not drawn: 2 other matters, with 3 contacts in all" in page and page.count("eh-figure__words") == 12
    assert "Not drawn" not in drawn(chart(OPENED))


def test_whoever_listens_hears_of_each_matter_what_the_table_says() -> None:
    page = drawn(chart(*weekly(6), closed=PROMISED))
    (told,) = re.findall(r"<desc[^>]*>(.+?)</desc>", page)
    cells = re.findall(r'<td[^>]* data-heading="([^"]+)">([^<]*)', page)
    assert [words for words, _ in cells] == re.findall(r'<th scope="col"[^>]*>([^<]+)', page)[1:]
    assert told == f"{'. '.join(map(': '.join, cells))}. The same is in the table below."
    assert "style=" not in page and "<script" not in page


def test_a_customer_far_out_stands_alone_at_the_end() -> None:
    found, this = distribution([float(n % 30) for n in range(200)], 1735)
    assert found[-1] == (this, 1) == ("This customer: 1735 minutes", 1)
    assert found[-2] == ("1280 to 1734 minutes", 0)
    assert sum(number for _, number in found) == 201


def test_a_customer_far_out_among_others_in_a_wide_step_stands_between_those_with_less_and_with_more() -> None:
    others = [float(n % 30) for n in range(200)] + [900.0] * 3 + [1200.0] * 4
    found, this = distribution(others, 1000)
    place = found.index((this, 1))
    assert sum(number for _, number in found[:place]) == 203 and sum(number for _, number in found[place + 1 :]) == 4
    assert found[place - 1] == ("640 to 999 minutes", 3) and found[place + 1] == ("1000 to 1200 minutes", 4)


@pytest.mark.parametrize("own", [0, 3, 4, 29, 30, 39, 40, 63, 64, 80, 500, 1200, 1201])
def test_everybody_is_in_one_step_and_this_customer_is_there_once(own: int) -> None:
    others = [float(n % 30) for n in range(200)] + [640.5, 900.0, 1200.0]
    found, this = distribution(others, own)
    assert [words for words, _ in found].count(this) == 1
    assert sum(number for _, number in found) == 204
    steps = [[int(each) for each in re.findall(r"\d+", words)] for words, _ in found if words != this]
    assert all(b[0] == a[1] + 1 for a, b in zip(steps, steps[1:], strict=False))


def test_this_customer_is_marked_by_shape_and_words_and_is_no_bar_of_many() -> None:
    found, this = distribution([4.0, 8.0, 3.0], 700)
    template = engines["django"].from_string('{% load figure %}{% bars "Beside" found "customers" "Minutes" this %}')
    page = template.render({"found": found, "this": this})
    assert page.count('<path class="eh-figure__this"') == 1 == page.count('<text class="eh-figure__this"')
    assert page.count("<rect") == len(found) - 1
    assert re.findall(r'<th scope="row"[^>]*>([^<]+)', page) == [words for words, _ in found]


def test_a_long_reason_is_written_in_lines_that_fit_on_a_telephone_and_its_bar_stands_below_them() -> None:
    reason = "Came within a day of the one before, from someone who needs help to communicate"
    template = engines["django"].from_string('{% load figure %}{% bars "Reasons" found "contacts" "Reason" %}')
    page = template.render({"found": [(reason, 7), ("Were from us", 3)]})
    lines = [(int(y), words) for y, words in re.findall(r'<text x="0" y="(\d+)">([^<]+)', page)]
    bars = [int(y) for y in re.findall(r'<rect class="eh-figure__bar" x="0" y="(\d+)"', page)]
    assert " ".join(words for _, words in lines) == f"{reason}: 7 Were from us: 3"
    assert all(len(words) <= 40 for _, words in lines)
    assert lines[-2][0] < bars[0] < lines[-1][0] - 14 and lines[-1][0] < bars[1]
    assert f'height="{bars[1] + 23}"' in page


def as_kept(chart: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A page as a case keeps it: JSON, read again."""
    page = {
        "kinds": [],
        "others": [],
        "contacts": [],
        "reasons": [],
        "beside_caption": "Minutes that count, 1 January 2026 to 28 January 2026",
        "chart": {**chart, "lines": [asdict(line) for line in chart["lines"]]},
        **more,
    }
    return dict(json.loads(json.dumps(page)))


def opened(page: dict[str, Any]) -> str:
    shown = demand_shown.opened(page, lambda kind: f"/list/{kind}", lambda which: f"/csv/{which}")
    return render_to_string("demand/measured.html", {"shown": shown})


def test_a_page_kept_before_months_and_promises_were_drawn_still_opens() -> None:
    words = "Repair of 12 January 2026: 2 contacts, 1 counted"
    told = ["9 February 2026", "never", "never", "2", "1"]
    spans, places = [["10.00%", "50.00%", "quiet"], ["60.00%", "9.00%", "late"]], [["12.00%", True], ["99.99%", False]]
    line = {"name": "Repair of 12 January 2026", "words": words, "at": 0, "spans": spans, "dots": places, "told": told}
    old = {"lines": [line], "height": 46, "first": "1 January 2026", "last": "28 January 2026"}
    others = [["0 to 4 minutes", 3], ["40 minutes or more, and this customer", 1]]
    page = opened({**as_kept({"lines": []}), "chart": old, "beside": others})
    assert len(dots(page)) == 2 and "Promised by 9 February 2026" in page and "eh-figure__months" not in page
    assert "40 minutes or more, and this customer: 1" in page and "eh-figure__this" not in page


def test_a_kept_page_draws_what_was_seen_when_it_was_kept_and_the_file_beside_it_says_the_same() -> None:
    made = chart(*weekly(20), left_out={"7": Reason.NEWS})
    found, this = distribution([4.0, 8.0, 3.0], 700)
    kept = as_kept(made, beside=found, beside_this=this)
    page = opened(kept)
    assert drawn(made) in page and page.count('<text class="eh-figure__this"') == 1
    table = page[page.index("<tbody") : page.index("</tbody>")]
    row = re.findall(r"<t[hd][^>]*>([^<]*)", table[table.index("<tr") :])
    assert demand_csv.text(kept, "matters").splitlines()[1].split(",") == row


def test_a_line_is_kept_whole() -> None:
    (line,) = chart(*weekly(3))["lines"]
    assert Line.kept(asdict(line)) == line


def walked(one: Matter, last: date, day: date) -> list[tuple[Stood, date]]:
    """How it stood on each day, asked day by day."""
    days = [one.opened + timedelta(days=n) for n in range((last - one.opened).days + 1)]
    stood = [(demand_chart._stood(one, each), each) for each in days]
    return [(how, each) for how, each in stood if how and (how is Stood.IN_TIME or each <= day)]


def test_how_a_matter_stood_is_told_as_if_it_had_been_asked_day_by_day() -> None:
    chance = Random(5)
    for _ in range(2_000):
        days = {name: OPENED + timedelta(days=chance.randrange(30)) for name in DAYS if chance.random() < 0.7}
        one, day = matter(**{"respond_by": None, **days}), OPENED + timedelta(days=chance.randrange(30))
        last = max(day, OPENED + timedelta(days=chance.randrange(30)))
        runs = demand_chart._runs(one, last, day)
        told = [
            (how, run.first + timedelta(days=n)) for how, run in runs for n in range((run.last - run.first).days + 1)
        ]
        assert told == walked(one, last, day)
        assert all(a != b or then.first > run.last + timedelta(days=1) for (a, run), (b, then) in pairwise(runs))


def test_a_matter_opened_long_ago_is_drawn_at_once() -> None:
    with mock.patch.object(demand_chart, "_stood", wraps=demand_chart._stood) as asked:
        chart(*weekly(3), opened=date(1900, 1, 1))
    assert asked.call_count < 30
