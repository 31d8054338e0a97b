"""Tests reach a page only through what waits for it: no raw read, no wait for a time."""

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent

# What reads a page as it happens to be, or waits for a time, under its name in Playwright.
RAW = {"all", "all_inner_texts", "all_text_contents", "aria_snapshot", "bounding_box", "content"}
RAW |= {"count", "element_handle", "element_handles", "eval_on_selector", "evaluate", "page"}
RAW |= {"evaluate_all", "evaluate_handle", "eval_on_selector_all", "get_attribute", "inner_html"}
RAW |= {"inner_text", "input_value", "is_checked", "is_disabled", "is_editable", "is_enabled"}
RAW |= {"is_hidden", "is_visible", "query_selector", "query_selector_all", "screenshot", "sleep"}
RAW |= {"text_content", "title", "url", "viewport_size", "wait_for_function", "wait_for_timeout"}
FOREIGN = {"playwright", "time", "asyncio"}


def found(source: str) -> list[str]:
    """What is not a test's to use: Playwright, clocks, raw reads, the insides of the helpers."""
    return [name for node in ast.walk(ast.parse(source)) for name in names(node) if name]


def names(node: ast.AST) -> list[str | None]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names if one.name.split(".")[0] in FOREIGN]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module] if (node.module or "").split(".")[0] in FOREIGN else []
    if not isinstance(node, ast.Attribute):
        return []
    private = node.attr.startswith("_") and not node.attr.startswith("__")
    return [node.attr] if node.attr in RAW or private else []


# Its pages are other people's, of which nobody here knows when they have settled.
GUESTS = {HERE / "test_notebook.py"}


@pytest.mark.parametrize(
    "path", sorted({*HERE.glob("test_*.py")} - GUESTS), ids=lambda path: path.stem
)
def test_nothing_is_read_before_the_page_has_settled(path):
    assert found(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import time", "time"),
        ("from time import sleep", "time"),
        ("from playwright.sync_api import expect", "playwright.sync_api"),
        ('stage.part("scrub").input_value()', "input_value"),
        ('read = stage.root.get_attribute\nread("data-scene")', "get_attribute"),
        ("stage.page.keyboard", "page"),
        ("stage._page", "_page"),
        ("stage.cells._found.nth(0)", "_found"),
        ("stage.wait_for_timeout(300)", "wait_for_timeout"),
    ],
)
def test_a_raw_read_is_found(source, name):
    assert found(source) == [name]
