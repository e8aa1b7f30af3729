"""The editor and the pages in a real browser: they work, load nothing from elsewhere, and run no document's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page
    from serving import Server

pytest_plugins = ("browser", "serving_plugin")

LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


@pytest.fixture
def errors() -> list[str]:
    return []


@contextmanager
def _opened(browser: Browser, address: str, errors: list[str], lang: str = "zh", width: int = 1200) -> Iterator[Page]:
    """A page of the server, whose errors and requests to other places are noted."""
    context = browser.new_context(locale=LANGUAGES[lang], viewport={"width": width, "height": 800})
    page = context.new_page()
    home = urlsplit(address).netloc
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if _is_ours(said) else None)
    page.on("request", lambda asked: errors.append(asked.url) if urlsplit(asked.url).netloc != home else None)
    page.goto(address, wait_until="load")
    yield page
    context.close()


def _is_ours(said: ConsoleMessage) -> bool:
    """Whether an error is of our making: Chromium itself puts styles on words that replace others, which we forbid."""
    return said.type == "error" and not said.text.startswith("Applying inline style")


def test_editor_runs_a_query(chromium: Browser, server: Server, errors: list[str]) -> None:
    with _opened(chromium, f"{server.address}/sparql", errors) as page:
        page.locator(".cm-content").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text("SELECT ?plan ?title { ?plan a yd:Plan ; dcterms:title ?title } ORDER BY ?plan")
        page.keyboard.press("Control+Enter")
        page.locator("#answer table").wait_for()
        assert page.locator("#answer tbody tr").count() == 3
        assert "绍兴市" in page.locator("#answer tbody").inner_text()
        assert page.locator(".tok-keyword").count() >= 2
        address = page.locator("#answer a", has_text="CSV").get_attribute("href") or ""
        assert "plan,title" in server.get(address).text
        page.locator("#answer tbody a").first.click()
        page.locator("h1").wait_for()
        assert "/thing" in page.url
    assert errors == []


def test_editor_completes(chromium: Browser, server: Server, errors: list[str]) -> None:
    with _opened(chromium, f"{server.address}/sparql", errors, "en") as page:
        page.locator(".cm-content").click()
        page.keyboard.press("Control+A")
        page.keyboard.type("SELECT * { ?plan yd:planY")
        option = page.locator(".cm-tooltip-autocomplete li", has_text="yd:planYear")
        option.wait_for()
        assert "year" in option.inner_text().lower()
        option.click()
        page.keyboard.type(" ?y . ?pl")
        variable = page.locator(".cm-tooltip-autocomplete li", has_text="?plan")
        variable.first.wait_for()
        assert "yd:planYear" in page.locator(".cm-content").inner_text()
    assert errors == []


def test_editor_has_the_examples_and_tells_errors(chromium: Browser, server: Server, errors: list[str]) -> None:
    with _opened(chromium, f"{server.address}/sparql", errors, "en") as page:
        page.select_option("#examples", "targets")
        assert "VALUES ?city" in page.locator(".cm-content").inner_text()
        page.locator(".cm-content").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
        page.click("#run")
        page.locator("[role=alert]").wait_for()
        assert "SERVICE" in page.locator("[role=alert]").inner_text()
    assert all("403" in error for error in errors)


@pytest.mark.parametrize("kind", ["ASK", "CONSTRUCT"])
def test_link_to_a_query_opens_it_answered(chromium: Browser, server: Server, errors: list[str], kind: str) -> None:
    texts = {
        "ASK": "ASK { ?s a yd:Plan }",
        "CONSTRUCT": "CONSTRUCT { ?s dcterms:title ?o } { ?s a yd:Plan ; dcterms:title ?o }",
    }
    with _opened(chromium, f"{server.address}/sparql?{urlencode({'query': texts[kind]})}", errors) as page:
        answer = page.locator("#answer .boolean, #answer pre")
        answer.wait_for()
        assert answer.inner_text().startswith("是" if kind == "ASK" else "@prefix")
    assert errors == []


def test_hostile_words_do_nothing_in_the_browser(chromium: Browser, server: Server, errors: list[str]) -> None:
    query = "SELECT ?s ?o { ?s ?p ?o FILTER(CONTAINS(STR(?o), '<script>')) }"
    subjects = {row["s"]["value"] for row in server.ask(query).json()["results"]["bindings"]}
    addresses = [f"/sparql?{urlencode({'query': query})}", "/queries/targets?run=1"]
    addresses += [f"/thing?{urlencode({'iri': subject})}" for subject in sorted(subjects)[:6]]
    assert len(addresses) == 8
    for address in addresses:
        with _opened(chromium, f"{server.address}{address}", errors) as page:
            page.locator("main", has_text="<script>window.stolen=1</script>").wait_for()
            if address.startswith("/sparql"):
                page.locator("#answer td", has_text="<script>").first.wait_for()
            assert page.evaluate("window.stolen") is None
            assert page.locator("main img").count() == 0
    assert errors == []


@pytest.mark.parametrize("path", ["/", "/queries", "/queries/targets?run=1", "/sparql", "/ns", "/map.html"])
def test_pages_are_quiet_and_fit_a_phone(chromium: Browser, server: Server, errors: list[str], path: str) -> None:
    with _opened(chromium, f"{server.address}{path}", errors, width=390) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate("document.documentElement.lang").startswith("zh")
        if path != "/map.html":
            page.click("nav .language")
            page.wait_for_selector("html[lang=en]", state="attached")
    assert errors == []


def test_form_asks_with_its_parameters(chromium: Browser, server: Server, errors: list[str]) -> None:
    with _opened(chromium, f"{server.address}/queries/targets", errors) as page:
        page.fill("[name=city]", "泉州")
        page.click("form button")
        assert page.locator("tbody tr").count() > 0
        assert set(page.locator("tbody tr td:first-child").all_inner_texts()) == {"泉州市"}
        assert page.input_value("[name=city]") == "泉州"
    assert errors == []
