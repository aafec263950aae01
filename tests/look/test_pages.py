"""Every page of the gallery, for everyone: in light and dark, at a desk and on a telephone, enlarged; its weight."""

import gzip

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.journeys.axe import assert_accessible, is_too_wide
from tests.look.gallery import PAGES

BROKEN_ON_PURPOSE = {"/404": 404, "/403": 403, "/500": 500}


@pytest.mark.parametrize("address", PAGES)
def test_everyone_can_use_the_page(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(_in_words(message)))
    page.on("pageerror", lambda error: said.append(str(error)))

    answer = page.goto(address)
    page.wait_for_load_state("networkidle")
    status = BROKEN_ON_PURPOSE.get(address, 200)

    assert answer and answer.status == status
    assert [words for words in said if status == 200 or f"status of {status}" not in words] == []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)
    # A window of 1280 by 1024, enlarged to 400 %.
    page.set_viewport_size({"width": 320, "height": 256})
    assert not is_too_wide(page)


def _in_words(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"


def test_a_first_page_weighs_less_than_150_kb(browser: Browser, gallery: str) -> None:
    """Counted as the server sends it: everything compressed but the typeface, which is so already."""
    context = browser.new_context(base_url=gallery)
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(_compressed(answer.url, answer.body()))}))

    page.goto("/parts")
    page.wait_for_load_state("networkidle")
    context.close()

    assert sum(sizes.values()) < 150_000, sizes
    assert any("latin.woff2" in address for address in sizes)


def _compressed(address: str, body: bytes) -> bytes:
    return body if address.endswith(".woff2") else gzip.compress(body)
