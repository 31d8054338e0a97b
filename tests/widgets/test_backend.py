"""Who computes: the GPU where there is one and nobody asks for NumPy; and what is said about it."""

import threading
import warnings
from dataclasses import replace

import pytest

import roipool
from app.exercise.record import article_exercise, pool
from app.text import LANGUAGES, Text
from app.widgets import backend
from roipool import BackendStatus
from tests.pages.test_pages import ROOT, run, sent
from tests.widgets.machines import NO_CUPY, ON_GPU, known

ARTICLE = article_exercise()


def said(app):
    return app.caption[0].value.replace("\\", "")


def test_the_gpu_computes_where_there_is_one(machine):
    asked = known(machine, ON_GPU)
    app = run("replay")
    assert set(asked) == {"cupy"}
    assert said(app).startswith("GPU (NVIDIA H200) · ")
    assert said(app).endswith(" ms")
    assert not app.button_group(key="backend.switch").disabled


def test_a_reader_who_switches_to_numpy_gets_it_on_every_page_and_can_go_back(machine):
    asked = known(machine, ON_GPU)
    app = run("replay")
    before = sent(app)
    asked.clear()
    app.button_group(key="backend.switch").set_value("numpy").run()
    assert set(asked) == {"numpy"}
    assert said(app).startswith("NumPy on the CPU · ")
    assert sent(app) == before
    app.switch_page(str(ROOT / "pages" / "playground.py")).run()
    assert app.button_group(key="backend.switch").value == "numpy"
    assert set(asked) == {"numpy"}
    app.button_group(key="backend.switch").set_value("cupy").run()
    assert said(app).startswith("GPU")


@pytest.mark.parametrize(
    ("language", "line", "sentence"),
    [
        ("en", "NumPy on the CPU · ", "CuPy, which runs the kernels on a GPU, is not installed"),
        ("zh", "CPU（NumPy）· ", "没有安装 CuPy"),
    ],
)
def test_without_a_gpu_numpy_computes_and_the_reason_stands_beside_it(
    machine, language, line, sentence
):
    asked = known(machine, NO_CUPY)
    app = run("playground", language)
    assert set(asked) == {"numpy"}
    assert said(app).startswith(line)
    assert app.button_group(key="backend.switch").disabled
    told = [one.value.replace("\\", "") for one in (*app.markdown, *app.caption)]
    assert any(words.startswith(sentence) for words in told)
    # The command is there, and nothing in another language.
    assert any(words.endswith("pip install it") for words in told)
    assert NO_CUPY.reason not in told


def test_nobody_waits_for_the_answer_and_who_has_it_uses_the_gpu(machine):
    hold = threading.Event()
    asked = machine(ON_GPU, wait=lambda: hold.wait(10))
    app = run("replay")
    assert set(asked) == {"numpy"}
    assert said(app).startswith("NumPy on the CPU")
    assert any("still being looked for" in one.value for one in app.markdown)
    hold.set()
    backend.asked().result()
    app.run()
    assert said(app).startswith("GPU")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_names_who_computed_where_and_how_long(language):
    text, result = Text(language), replace(pool(ARTICLE), seconds=62e-6)
    assert "0.06 ms" in backend.line(result, NO_CUPY, text)
    assert "NumPy" in backend.line(result, ON_GPU, text), "it took over, or was asked for"
    on_gpu = backend.line(replace(result, backend="cupy"), ON_GPU, text)
    assert "NVIDIA H200" in on_gpu
    assert "NumPy" not in on_gpu


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_ours_has_a_sentence_and_every_other_one_too(language):
    text = Text(language)
    other = backend.lead("a cosmic ray: ...", text)
    leads = {backend.lead(f"{start}: ...", text) for start in backend.REASONS}
    assert len(leads | {other}) == len(backend.REASONS) + 1


def test_the_library_begins_its_reasons_with_these_words():
    source = "".join(path.read_text("utf-8") for path in (ROOT / "roipool").rglob("*.py"))
    assert [start for start in backend.REASONS if f'"{start}' not in source] == []


def broken(*_, **__):
    raise SystemError("initialization of _core failed")


def test_a_question_that_fails_is_answered_with_numpy_and_the_page_stands(machine, monkeypatch):
    machine(ON_GPU)
    monkeypatch.setattr(roipool, "backend_status", broken)
    found = backend.asked().result()
    assert (found.backend, found.for_now) == ("numpy", False)
    assert "initialization of _core failed" in found.reason
    app = run("replay")
    assert said(app).startswith("NumPy on the CPU")


@pytest.mark.parametrize(
    ("warned", "reason", "for_now"),
    [
        ("the GPU has no room for an output.", "the GPU's memory is full: ", True),
        ("the GPU failed: an illegal address.", "a first kernel failed on the GPU: ", False),
    ],
)
def test_a_gpu_that_fails_at_the_first_example_leaves_it_to_numpy(
    machine, monkeypatch, warned, reason, for_now
):
    machine(ON_GPU)
    compute = roipool.roi_pool_with_argmax

    def fails(*args, backend, **options):
        if backend == "cupy":
            warnings.warn(f"{warned} NumPy computed instead.", RuntimeWarning, stacklevel=2)
        return compute(*args, **options, backend="numpy")

    monkeypatch.setattr(roipool, "roi_pool_with_argmax", fails)
    found = backend.asked().result()
    assert (found.backend, found.for_now) == ("numpy", for_now)
    assert found.reason.startswith(reason + warned)
    assert said(run("replay")).startswith("NumPy on the CPU")


def test_an_answer_that_was_only_for_now_is_asked_for_again_when_it_is_old(machine, monkeypatch):
    full = BackendStatus("numpy", "CPU", "the GPU's memory is full: 8 bytes", for_now=True)
    known(machine, full)
    monkeypatch.setattr(roipool, "backend_status", lambda: ON_GPU)
    app = run("replay")
    assert backend.asked().result() is full
    assert said(app).startswith("NumPy on the CPU")
    monkeypatch.setattr(backend, "_AGAIN", 0.0)
    app.run()
    backend.asked().result()
    app.run()
    assert said(app).startswith("GPU")
