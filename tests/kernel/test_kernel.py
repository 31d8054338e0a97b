"""The kernel to read: which thread computes what, and where its source comes from."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from app.exercise.desk import Desk
from app.exercise.record import article_exercise, pool
from app.kernel import source as kernel
from app.stage.payload import payload
from app.text import LANGUAGES, Text
from roipool import PRESETS
from roipool.backends import device, gather
from tests.pages.test_pages import run

ARTICLE = article_exercise()
EN = Text("en")


def thread(exercise, cell=(0, 0)):
    return kernel.thread_of(exercise, pool(exercise), cell)


def elements(shape):
    """What every thread computes, (roi, channel, i, j), by the kernel's own lines."""
    n, channels, bins_high, bins_wide = shape
    for element in range(n * channels * bins_high * bins_wide):
        j = element % bins_wide
        i = element // bins_wide % bins_high
        channel = element // bins_wide // bins_high % channels
        yield element // bins_wide // bins_high // channels, channel, i, j


@pytest.mark.parametrize("shape", [(1, 1, 2, 2), (3, 4, 5, 7), (50, 1, 14, 14), (2, 300, 1, 1)])
def test_the_thread_of_an_element_is_the_one_that_computes_it(shape):
    some = thread(ARTICLE)
    for at, (roi, channel, i, j) in enumerate(elements(shape)):
        here = replace(some, roi=roi, channel=channel, i=i, j=j, shape=shape[1:])
        assert here.element == at
        assert here.block * kernel.BLOCK + here.index == at
        assert 0 <= here.index < kernel.BLOCK


def test_a_block_has_as_many_threads_as_the_backend_launches(monkeypatch):
    launched = []
    monkeypatch.setattr(device, "load_cupy", lambda: SimpleNamespace(empty=np.empty))
    monkeypatch.setattr(gather, "bin_edges", lambda *_: None)
    monkeypatch.setattr(gather, "launch", lambda *args: launched.append(args))
    maps, boxes = np.zeros((1, 3, 8, 8), "float32"), np.zeros((40, 5))
    convention = PRESETS["article"]
    gather.run_plan("reference", maps, boxes, (7, 7), 1.0, convention, with_argmax=True)
    ((_, _, name, blocks, threads, *_),) = launched
    assert name == f"{kernel.KERNEL}<float>"
    assert threads == (kernel.BLOCK,)
    assert blocks == -(-40 * 3 * 7 * 7 // kernel.BLOCK)


@pytest.mark.parametrize("convention", PRESETS)
def test_a_thread_reads_its_bin_and_writes_its_maximum(convention):
    boxes = ((0, 1, 1, 3, 3), *ARTICLE.boxes, (0, 20, 20, 30, 30))
    for n in range(len(boxes)):
        exercise = replace(
            ARTICLE, boxes=boxes, selected=n, output_size=(3, 5), convention=convention
        )
        result = pool(exercise)
        for i in range(3):
            for j in range(5):
                found = kernel.thread_of(exercise, result, (i, j))
                cells = np.array(exercise.cells)[found.y0 : found.y1, found.x0 : found.x1]
                assert found.cells == cells.size
                assert found.value == result.output[n, i, j]
                if cells.size:
                    assert found.value == cells.max()
                    assert np.array(exercise.cells).flat[found.place] == found.value


def test_the_sentence_and_the_variables_hold_the_numbers():
    boxes = ((0, 0, 0, 8, 8), *ARTICLE.boxes)
    found = thread(replace(ARTICLE, boxes=boxes, selected=1), (1, 0))
    does, number = kernel.sentences(found, EN)
    assert does == (
        "Block 0, thread 6 of 256 computes row 1, column 0 of box 1’s output: it reads rows 5–7, "
        "columns 0–2 (9 cells) and writes 0.97."
    )
    assert number.endswith("((1·1 + 0)·2 + 1)·2 + 0 = 6 = 0·256 + 6")
    assert kernel.variables(found) == {
        "blockIdx.x": "0",
        "blockDim.x": "256",
        "threadIdx.x": "6",
        "element": "6",
        "roi": "1",
        "channel": "0",
        "i": "1",
        "j": "0",
        "y0": "5",
        "y1": "8",
        "x0": "0",
        "x1": "3",
        "place": "58 = 7·8 + 2",
        "value": "0.97",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_bin_and_no_box_are_said_as_such(language):
    text = Text(language)
    outside = thread(replace(ARTICLE, boxes=((0, 20, 20, 30, 30),)))
    does, _ = kernel.sentences(outside, text)
    assert "0.00" in does
    assert text.rows(0, 0) not in does
    assert kernel.variables(outside)["place"] == "-1"
    assert thread(replace(ARTICLE, boxes=())) is None
    assert kernel.sentences(None, text) == (text("thread.none"), "")


def test_one_cell_is_singular():
    does, _ = kernel.sentences(thread(replace(ARTICLE, boxes=((0, 0, 0, 2, 2),))), EN)
    assert "(1 cell)" in does


def test_the_kernel_s_source_is_cut_from_the_file_that_is_compiled():
    source = kernel.kernel_source()
    assert source in device.source()
    lines = source.splitlines()
    assert any(line.startswith(f"__global__ void {kernel.KERNEL}(") for line in lines)
    assert lines[-1] == "}"
    assert source.count("__global__") == 1
    assert source.count("{") == source.count("}") > 1
    # The names that the table of variables gives values to.
    for name in kernel.variables(thread(ARTICLE)):
        assert name in source, name


def test_braces_in_comments_do_not_end_a_kernel():
    source = "__global__ void f()\n{\n  // }\n  g();\n}\n\n__global__ void h()\n{}\n"
    assert kernel.cut_function(source, "f") == source.partition("\n\n")[0]
    assert kernel.cut_function(source, "h") == "__global__ void h()\n{}"
    with pytest.raises(ValueError, match="no end"):
        kernel.cut_function("__global__ void f()\n{\n", "f")


def test_the_twin_is_the_loop_that_runs():
    assert kernel.twin_source().startswith(f"def {kernel.TWIN.__name__}(")


# ---- The chosen cell -----------------------------------------------------------------------------


def chosen(cell, **exercise):
    change = {"seq": 1, "cell": cell}
    return Desk(replace(ARTICLE, **exercise)).take({"seq": 1, "changes": [change]})


def test_choosing_a_cell_is_a_numbered_change_and_nothing_to_undo():
    desk = chosen([1, 0])
    assert (desk.ack, desk.output_cell, desk.past) == (1, (1, 0), ())
    assert desk.exercise == ARTICLE
    again = desk.take({"seq": 1, "changes": [{"seq": 1, "cell": [0, 1]}]})
    assert again.output_cell == (1, 0), "this change has been applied"


def test_the_chosen_cell_survives_edits_and_stays_inside_the_output():
    desk = chosen([4, 6], output_size=(5, 7))
    moved = desk.take({"seq": 2, "changes": [{"seq": 2, "boxes": [[0, 1, 1, 4, 4]]}]})
    assert moved.output_cell == moved.undo().output_cell == (4, 6)
    assert moved.put(replace(desk.exercise, output_size=(2, 9))).output_cell == (1, 6)
    assert moved.put_back().output_cell == (0, 0)


@pytest.mark.parametrize("sent", [None, [], [1], [-1, 0], [0.5, 0], ["0", 0], "11", [0, 0, 0]])
def test_what_is_no_cell_is_ignored(sent):
    assert chosen(sent).output_cell == (0, 0)


def test_the_stage_is_told_of_the_cell_where_one_can_be_chosen():
    desk = chosen([1, 1])
    assert payload(desk, EN, "boxes", picks=True)["cell"] == [1, 1]
    assert payload(desk, EN, "story")["cell"] is None


# ---- The question under the stage ----------------------------------------------------------------


def shown(app):
    """The programs on the page; what Export offers to embed is none."""
    return [code for code in app.code if code.language != "plaintext"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_sent_when_somebody_asks(language):
    app = run("playground", language)
    assert not shown(app)
    app.session_state["playground.thread"] = True
    app.run()
    cuda, twin = shown(app)
    assert (cuda.value, twin.value) == (kernel.kernel_source(), kernel.twin_source())
    assert (cuda.language, twin.language) == ("cpp", "python")
    sentence, _ = kernel.sentences(thread(ARTICLE), Text(language))
    assert any(sentence in one.value.replace("\\", "") for one in app.markdown)
