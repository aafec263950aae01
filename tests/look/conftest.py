"""The gallery, served to a real browser by the product's own settings and middleware; it uses no database."""

import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, Page

GALLERY = Path(__file__).resolve().parent / "templates"


class Quiet(WSGIRequestHandler):
    def log_message(self, *words: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """The address at which the gallery is served. While it is, its addresses are all there are: so not for longer."""
    templates = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], GALLERY]}]
    with override_settings(ROOT_URLCONF="tests.look.gallery", TEMPLATES=templates, ALLOWED_HOSTS=["*"]):
        server: WSGIServer = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def page(browser: Browser, gallery: str) -> Iterator[Page]:
    """An empty page, whose addresses are the gallery's."""
    context = browser.new_context(base_url=gallery, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
