"""The figure in JupyterLab and in marimo: dragged there, read in Python, a guest on the page."""

import re
from importlib.util import find_spec

import pytest

from roipool import article, roi_pool
from tests.browser.hosts import jupyterlab, marimo

HOSTS = {"jupyterlab": jupyterlab, "marimo": marimo}
# Only what is beside the figure may have changed it.
OURS = re.compile(r"roipool|data-(present|hide|address-behind)|[?&](x|at|hide|present)=")


@pytest.fixture
def open_host(new_page, tmp_path):
    """Opens the notebook of a host in a theme, with all its cells run; no script may throw."""
    started, thrown = [], []

    def opened(name, theme):
        if not (find_spec(name) and find_spec("anywidget")):
            pytest.skip(f"{name} or anywidget is not installed")
        host = HOSTS[name](tmp_path, theme).__enter__()
        started.append(host)
        page = new_page(color_scheme=theme.lower(), viewport={"width": 1400, "height": 1800})
        page.on("pageerror", lambda error: thrown.append(f"{error}"))
        page.goto(host.url + ("/lab/tree/n.ipynb" if name == "jupyterlab" else "/"))
        if name == "jupyterlab":
            run_all(page)
        page.locator("[data-testid=stage]").nth(1).wait_for()
        read(page)
        assert is_light_on_dark(page.locator("[data-testid=stage]").first) == (theme == "Dark")
        return page

    yield opened
    for host in started:
        host.__exit__()
    assert thrown == []


def run_all(page):
    """Run all cells, once there is a kernel: where there is none yet JupyterLab asks for one."""
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.evaluate(
        """async () => {
          const { sessionContext } = jupyterapp.shell.currentWidget;
          await sessionContext.ready;
          await sessionContext.session.kernel.info;
          await jupyterapp.commands.execute("notebook:run-all-cells");
        }"""
    )


def read(page):
    """What the last cell says of the first figure."""
    return page.locator("text=/^\\s*READ:/").last.inner_text().strip().removeprefix("READ: ")


def run_last(page):
    """Run the cell that reads once more; marimo sees to that by itself."""
    page.locator(".jp-CodeCell").last.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")


def drag(page, stage, by):
    """The box of a figure pulled by so many (rows, columns)."""
    place = stage.locator("[data-testid=map]").bounding_box()
    cell = place["width"] / 8
    x, y = place["x"] + 2.5 * cell, place["y"] + 5.5 * cell
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[1] * cell, y + by[0] * cell, steps=4)
    page.mouse.up()
    stage.and_(page.locator("[data-confirmed=true]")).wait_for()


def numbers_on(stage):
    return [float(cell.get_attribute("data-value")) for cell in stage.locator("[data-row]").all()]


def expected(box):
    output = roi_pool(article.FEATURE_MAP, [box], 2).ravel().tolist()
    return f"{[float(number) for number in box]} {output}"


def is_light_on_dark(stage):
    """Whether what is written on a figure is lighter than its ground."""
    ink, ground = stage.evaluate(
        "stage => (({ color, backgroundColor }) => [color, backgroundColor])"
        "(getComputedStyle(stage.closest('.root')))"
    )
    return brightness(ink) > brightness(ground)


def brightness(colour):
    return sum(map(int, re.findall(r"\d+", colour)[:3]))


def marks(page):
    """What could be told apart on the page by whoever owns it: its address and its root's marks."""
    return page.evaluate(
        "() => [document.documentElement, document.body]"
        ".flatMap(({ attributes }) => [...attributes])"
        ".map(({ name, value }) => `${name}=${value}`).concat(location.href).join(' ')"
    )


@pytest.mark.parametrize(("name", "theme"), [("jupyterlab", "Dark"), ("marimo", "Light")])
def test_a_box_that_is_dragged_is_read_in_the_next_cell(open_host, name, theme):
    page = open_host(name, theme)
    first, second = (page.locator("[data-testid=stage]").nth(k) for k in range(2))
    assert read(page) == f"{expected([0, 0, 3, 7, 8])} output True"
    other = numbers_on(second)
    drag(page, first, (-1, 1))
    box = [0, 1, 2, 8, 7]
    if name == "jupyterlab":
        run_last(page)
    page.get_by_text(f"READ: {expected(box)} output True").wait_for()
    assert numbers_on(first) == roi_pool(article.FEATURE_MAP, [box], 2).ravel().tolist()
    # Nobody else on the page has heard of it.
    assert numbers_on(second) == other
    assert not OURS.search(marks(page))


def test_keys_are_the_figures_and_what_python_sets_is_on_it(open_host):
    page = open_host("jupyterlab", "Light")
    stage = page.locator("[data-testid=stage]").first
    drag(page, stage, (-1, 0))
    active = page.locator(".jp-CodeCell.jp-mod-active .jp-InputPrompt").inner_text()
    cells = page.locator(".jp-CodeCell").count()
    # In JupyterLab's command mode: the cell above, cut, a cell above, the list of keys.
    for key in ("ArrowUp", "x", "a", "h", "p"):
        page.keyboard.press(key)
    stage.and_(page.locator("[data-confirmed=true]")).wait_for()
    assert page.locator(".jp-CodeCell").count() == cells
    assert page.locator(".jp-CodeCell.jp-mod-active .jp-InputPrompt").inner_text() == active
    assert numbers_on(stage) == roi_pool(article.FEATURE_MAP, [[0, 0, 1, 7, 6]], 2).ravel().tolist()
    assert not OURS.search(marks(page))
    page.evaluate(
        "code => jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        ".requestExecute({ code }).done",
        "w.boxes = [[0, 0, 0, 5, 4]]; w.step = 'maxima'",
    )
    stage.and_(page.locator("[data-scene=maxima]")).wait_for()
    assert numbers_on(stage) == roi_pool(article.FEATURE_MAP, [[0, 0, 0, 5, 4]], 2).ravel().tolist()
