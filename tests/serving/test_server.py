"""A server that is started from a folder that knows nothing of it."""

import asyncio
import re
from pathlib import Path

import pytest

from app.exercise.limits import MAX_HELD_MEGABYTES, MAX_MEGABYTES
from app.serving.addresses import PAGE_STYLE, PHOTO, address, contents, pictures
from app.serving.navigation import HOME, PAGES
from tests.load.downloads import made
from tests.load.fetch import Line
from tests.load.reader import Reader
from tests.server import Server

SPIED = Path(__file__).with_name("spied.py")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Started as anybody might, but for the spy."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with Server(folder=elsewhere, told=(), streamlit=(str(SPIED),)) as running:
        yield running


def fetch(url, path, **headers):
    async def fetched():
        line = Line(url)
        try:
            return await line.get(path, **headers)
        finally:
            line.close()

    return asyncio.run(fetched())


def reading(url, *, page="", reruns=0):
    """A reader who has opened a page and had it run again, and the last answer."""

    async def read():
        async with Reader(url) as reader:
            answer = await reader.open(page)
            for rows in range(3, 3 + reruns):
                answer = await reader.set("replay.output.rows", rows)
            return reader, answer

    return asyncio.run(read())


def test_no_answer_waits_until_the_one_before_was_acknowledged(server):
    fetch(server.url, "/_stcore/health")
    # The first ones may have come while it was starting.
    said = [line for line in server.log.read_text().splitlines() if line.startswith("accepted")]
    assert said[-1] == "accepted, sends at once"


def test_no_garbage_is_collected_after_a_run(server):
    reading(server.url)
    before = server.log.read_text().count("collecting everything")
    assert before  # what starting has made was collected once, so the spy sees it
    reading(server.url, reruns=8)
    assert server.log.read_text().count("collecting everything") == before


def test_only_this_machine_is_listened_to_and_the_limits_hold(server):
    url, log = server.url, server.log.read_text()
    assert f"URL: {url}" in log
    assert "app is made for" not in log
    told = fetch(url, "/_stcore/host-config")
    assert told.status == 200
    page = fetch(url, "/", Host="elsewhere.example")
    assert page.status == 200  # a page alone does nothing; its socket is refused:
    with pytest.raises(Exception, match=r"403|400"):
        asyncio.run(socket_as("elsewhere.example", url))


async def socket_as(host, url):
    from websockets.asyncio.client import connect

    address = url.replace("http", "ws") + "/_stcore/stream"
    headers = {"Host": f"{host}:80"}
    async with connect(address, additional_headers=headers, subprotocols=["streamlit"]):
        pass


def test_an_answer_holds_no_code(server):
    reader, answer = reading(server.url, reruns=2)
    assert answer.bytes < 33_000
    stage = reader.widget("replay.stage")
    assert len(stage.js_content) < 2_000
    assert not stage.css_content


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_the_styles_and_the_figures_that_it_needs(server, page):
    told = fetch(server.url, "/" if page == HOME else f"/{page}")
    document = told.body.decode()
    named = set(re.findall(r'href="\./(figures/[^"]+)"', document))
    wanted = {PAGE_STYLE, *(f"{name}.{kind}" for name in PAGES[page] for kind in ("js", "css"))}
    assert named == {address(name) for name in wanted}
    assert document.index("</head>") < document.index(address(PAGE_STYLE))
    assert "script-src 'self' blob: 'sha256-" in told.headers["content-security-policy"]


@pytest.mark.parametrize("packed", ["gzip", "identity"])
@pytest.mark.parametrize("name", contents())
def test_what_has_an_address_is_kept_for_good(server, name, packed):
    told = fetch(server.url, "/" + address(name), **{"Accept-Encoding": packed})
    assert told.status == 200
    assert told.body.decode() == contents()[name]
    assert "immutable" in told.headers["cache-control"]
    assert told.headers["x-content-type-options"] == "nosniff"
    assert (told.headers.get("content-encoding") == "gzip") == (packed == "gzip")


def test_a_picture_is_kept_for_good_and_comes_as_it_is(server):
    told = fetch(server.url, "/" + address(PHOTO), **{"Accept-Encoding": "gzip"})
    assert told.body == pictures()[PHOTO]
    assert "immutable" in told.headers["cache-control"]
    assert "content-encoding" not in told.headers


def test_what_has_no_address_is_not_found(server):
    assert fetch(server.url, "/" + address("../main.py")).status == 400
    assert fetch(server.url, "/" + address("nothing.js")).status == 404


def test_a_session_holds_files_up_to_its_limit(server):
    async def handed_in():
        async with Reader(server.url) as reader:
            await reader.open()
            statuses = []
            for n in range(MAX_HELD_MEGABYTES // MAX_MEGABYTES + 3):
                path = f"/_stcore/upload_file/{reader.session}/{n:032x}"
                content = bytes(MAX_MEGABYTES * 2**20 - 4096)  # and what is around it
                token = {"X-Xsrftoken": reader.token}
                told = await reader.line.put_file(path, "zeros.bin", content, **token)
                statuses.append(told.status)
            return statuses

    statuses = asyncio.run(handed_in())
    assert statuses[0] in (200, 204)
    assert statuses[-1] == 413


def test_a_download_is_there_when_it_is_fetched_however_many_others_read(server):
    async def taken_away():
        async with Reader(server.url) as reader, Reader(server.url) as other:
            await asyncio.gather(reader.open("playground"), other.open())
            await reader.set("playground.export", True)
            address = await made(reader, "playground.export.numbers.map")
            for rows in (3, 4, 5):
                await other.set("replay.output.rows", rows)
            return await reader.line.get(address)

    told = asyncio.run(taken_away())
    assert told.status == 200
    assert told.body.decode().count("\n") >= 7


@pytest.mark.parametrize("path", ["/nope", "/Replay"])
def test_a_page_that_there_is_not_is_opened_in_the_app_s_own_styles(server, path):
    told = fetch(server.url, path)
    assert told.status == 200
    assert address(PAGE_STYLE) in told.body.decode()
    assert "script-src" in told.headers["content-security-policy"]
