"""A real browser for the page tests: requests blocked and counted, console errors collected."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Opened:
    """A page that was opened, with every request it tried to send and every error it reported."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


OpenPage = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; its absence skips the page tests and says how to get it."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium found; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a local page in a fresh context: ``open_page(path, fragment="#..", width=1440, height=900, **context)``.

    ``prepare`` is called with the context before the page is opened.
    """
    contexts = []

    def open_it(path: Path, *, fragment: str = "", width: int = 1440, height: int = 900,
                prepare: Callable[[BrowserContext], None] | None = None, **options: object) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        if prepare is not None:
            prepare(context)
        opened = Opened(context.new_page())

        def refuse(route: Route) -> None:
            if route.request.url.startswith(("file:", "data:", "blob:", "about:")):
                route.continue_()
            else:
                opened.requests.append(route.request.url)
                route.abort()

        context.route("**/*", refuse)
        opened.page.on("console", lambda one: opened.errors.append(one.text) if one.type == "error" else None)
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.goto(path.as_uri() + fragment)
        return opened

    yield open_it
    for context in contexts:
        context.close()
