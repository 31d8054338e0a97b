"""The readers of ``python -m tests.load``: what they count, and that they notice what is wrong."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.machine import taken
from tests.server import ROOT, Server

from .crowd import Noted, come_and_go
from .fetch import Line
from .figures import Figures
from .page import ForgottenError, Page, Stored
from .reader import Reader
from .report import churned
from .visit import Visit, WrongAnswerError


@pytest.fixture(scope="module")
def server():
    with Server() as running:
        yield running


def test_three_readers_get_the_answers_to_what_they_asked(tmp_path):
    asked = ["--readers=3", "--acts=6", "--pause=0.1", "--ramp=0.1", "--json", f"--from={tmp_path}"]
    command = [sys.executable, "-m", "tests.load", *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    (told,) = json.loads(done.stdout).values()
    assert (told["wrong"], told["dropped"]) == ([], [])
    assert told["kinds"]["open"]["count"] == 3
    answers = told["kinds"]["all answers"]
    assert answers["count"] > 3
    assert 0 < answers["ms_50"] <= answers["ms_95"] <= answers["ms_99"]
    assert answers["bytes"] > 1000
    assert told["cpu_seconds"] > 0
    assert 10 < told["memory_mb"]["start"] <= told["memory_mb"]["peak"]


def test_the_memory_is_told_while_readers_come_and_go(server):
    told = churned(asyncio.run(come_and_go(server, 4, at_once=2)))
    assert (told["wrong"], told["dropped"]) == ([], [])
    assert told["kinds"]["open"]["count"] == told["kinds"]["box"]["count"] == 4
    assert set(told["memory_mb"]) == {"first", "4"}


@pytest.mark.parametrize(
    ("act", "falsified"),
    [
        ("box", {"ack": 0}),
        ("box", {"output": [0.5] * 4}),
        ("rows", {"outputSize": [2, 2]}),
        ("cell", {"cells": [0.0] * 64}),
    ],
)
def test_an_answer_to_something_else_is_noticed(server, monkeypatch, act, falsified):
    async def read():
        async with Reader(server.url) as reader:
            visit = Visit(reader, Random(1), Noted().note, homes=("replay",))
            await visit.begin()
            whole = Page.data
            monkeypatch.setattr(Page, "data", lambda page, key: whole(page, key) | falsified)
            await getattr(visit, act)()

    with pytest.raises(WrongAnswerError):
        asyncio.run(read())


def test_what_is_left_for_another_page_is_found_again(server):
    async def read():
        noted = Noted()
        async with Reader(server.url) as reader:
            visit = Visit(reader, Random(1), noted.note, homes=("replay",))
            await visit.begin()
            await visit.rows()
            await visit.elsewhere()
        return noted

    answers = asyncio.run(read()).answers
    assert [len(answers[kind]) for kind in ("open", "rows", "page", "page again")] == [1, 1, 1, 1]


def test_what_a_process_takes_holds_what_it_has_started():
    alone = sum(resident for resident, _ in taken(os.getpid()))
    code = "held = bytes(bytearray(80_000_000)); print(1, flush=True); input()"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        both = taken(os.getpid())
        child.communicate(b"\n")
    assert len(both) > 1
    assert alone + 80 < sum(resident for resident, _ in both) < alone + 300


def message(hash_="", body="", ref=""):
    if ref:
        return ForwardMsg(ref_hash=ref)
    told = ForwardMsg(hash=hash_)
    told.delta.new_element.html.body = body
    told.metadata.cacheable = True
    return told


def test_a_large_message_is_stored_until_two_runs_have_not_used_it():
    stored, large = Stored(), message("a", "long")
    stored.whole(large, large.SerializeToString())
    for _ in range(2):
        stored.ran([])
        again = stored.whole(message(ref="a"), b"")
        assert again.delta.new_element.html.body == "long"
    for _ in range(2):
        stored.ran([])
        assert stored.hashes() == ["a"]
    stored.ran([])
    assert stored.hashes() == []
    with pytest.raises(ForgottenError):
        stored.whole(message(ref="a"), b"")


class Shelf(SimpleHTTPRequestHandler):
    """A folder over HTTP; Streamlit's own page where there is nothing, as Streamlit does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.path)
        if not (ROOT / self.translate_path(self.path)).is_file():
            body = b"<!doctype html>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def shelf(tmp_path):
    def at(*args, **options):
        return Shelf(*args, directory=str(tmp_path), **options)

    with ThreadingHTTPServer(("127.0.0.1", 0), at) as serving:
        serving.asked = []
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


def test_what_a_page_names_is_fetched_once_by_each_reader(shelf, tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "stage.js").write_text('import { a } from "./a.js";' + " " * 1000)
    (tmp_path / "figures" / "a.js").write_text('import "./stage.js"; fetch(new URL("a.css", x))')
    (tmp_path / "figures" / "a.css").write_text("p {}" + " " * 500)
    page = Page()
    told = ForwardMsg()
    told.delta.new_element.bidi_component.js_content = (
        'import(new URL("figures/stage.js", document.baseURI)); "./not-there.js"'
    )
    page.take(told)

    async def read(figures):
        line, had = Line(f"http://127.0.0.1:{shelf.server_port}"), set()
        counts = [await figures.fetch(line, page, had) for _ in range(2)]
        line.close()
        return counts

    figures = Figures()
    first, again = asyncio.run(read(figures))
    assert (1600 < first < 4000, again) == (True, 0)
    assert asyncio.run(read(figures))[0] == first
    assert sorted(shelf.asked) == sorted(
        ["/not-there.js", *(f"/figures/{name}" for name in ("stage.js", "a.js", "a.css") * 2)]
    )
