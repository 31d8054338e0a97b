"""The bench says what it measured, of whom, who computed something else. No time is asserted."""

import gc
import json
import subprocess
import sys
from contextlib import nullcontext
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest

from roipool.bench import cpu, cuda, machine, report
from roipool.bench.__main__ import FINDERS, main
from roipool.bench.cases import CASES, Case, make_inputs
from roipool.bench.compare import Entry, Ratio, Row, difference, ratio
from roipool.bench.measure import Spread, sampler, spread, take_turns, wall_clock
from roipool.bench.peers import CALL, GRAPH, Peer, Work, gather

TINY = "1x1x8x8/1"
QUICK = ["--quick", "--sizes", TINY]


def row(peer, operation, median, how=CALL):
    return Row(Entry(peer, operation, how), Spread(median, median, median, (median,)), None, 1e9)


# ---- Taking turns --------------------------------------------------------------------------------


def test_all_run_once_a_round_and_the_first_round_is_not_counted():
    order, clock = [], count(1)

    def contestant(name):
        def sample():
            order.append(name)
            return float(next(clock))

        return sample

    told = []
    times = take_turns(
        {name: contestant(name) for name in "abc"}, 2, lambda *turn: told.append(turn)
    )
    assert order == list("abcabcabc")
    assert told == [(name, turn) for turn in range(3) for name in "abc"]
    assert {name: time.samples for name, time in times.items()} == {
        "a": (4.0, 7.0),
        "b": (5.0, 8.0),
        "c": (6.0, 9.0),
    }


def test_what_takes_long_can_do_without_the_round_that_is_not_counted():
    clock, told = count(1), []
    times = take_turns(
        {"a": lambda: float(next(clock))}, 2, lambda *turn: told.append(turn), warm_up=False
    )
    assert told == [("a", 1), ("a", 2)]
    assert times["a"].samples == (1.0, 2.0)


@pytest.mark.parametrize("collects", [True, False])
def test_garbage_is_not_collected_during_a_round_and_all_is_as_before_afterwards(collects):
    seen = []

    def sample():
        seen.append(gc.isenabled())
        raise RuntimeError("a peer failed")

    before = gc.isenabled()
    try:
        (gc.enable if collects else gc.disable)()
        with pytest.raises(RuntimeError, match="a peer failed"):
            take_turns({"a": sample}, 1, lambda *turn: None)
        assert gc.isenabled() == collects
    finally:
        (gc.enable if before else gc.disable)()
    assert seen == [False]


def test_one_wild_round_moves_neither_median_nor_quartiles_far():
    summary = spread([1.0, 1.0, 1.0, 1.0, 100.0])
    assert (summary.low, summary.median, summary.high) == (1.0, 1.0, 1.0)
    assert summary.samples == (1.0, 1.0, 1.0, 1.0, 100.0)


@pytest.mark.parametrize(("seconds", "repeats"), [(10.0, 1), (1.0, 1), (0.25, 4), (0.001, 1000)])
def test_short_calls_are_repeated_until_a_sample_is_long_enough(seconds, repeats):
    ran = []

    def run(times):
        ran.append(times)
        return times * seconds

    assert sampler(run, 1.0)() == pytest.approx(seconds)
    assert repeats <= ran[-1] <= 1.3 * repeats + 1


def test_a_slow_first_call_does_not_leave_too_few_of_them():
    first = iter([5.0])

    def run(times):
        return next(first, times * 0.01)

    ran = []
    sampler(lambda times: ran.append(times) or run(times), 1.0)()
    assert ran[-1] >= 100


@pytest.mark.parametrize(("seconds", "expected"), [(0.3, [1, 4]), (2.0, [1, 1]), (5.0, [1])])
def test_all_but_a_long_call_get_a_warm_one_before_each_sample(seconds, expected):
    ran = []
    sample = sampler(lambda times: ran.append(times) or times * seconds, 1.0)
    ran.clear()
    sample()
    assert ran == expected


def test_the_wall_clock_is_read_around_all_calls_together():
    ticks, called = iter([10.0, 16.0]), []
    assert wall_clock(lambda: called.append(1), lambda: next(ticks))(3) == 6.0
    assert len(called) == 3


# ---- Inputs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [Case((2, 3, 38, 50), 500, (7, 7)), CASES[TINY]], ids=str)
def test_boxes_are_whole_cells_of_the_map_with_sides_of_5_to_100_percent(case):
    inputs = make_inputs(case)
    _, x1, y1, x2, y2 = inputs.boxes.T
    np.testing.assert_array_equal(inputs.boxes, np.rint(inputs.boxes))
    for start, last, size in ((x1, x2, case.maps[3]), (y1, y2, case.maps[2])):
        assert start.min() >= 0
        assert last.max() < size
        share = (last - start + 1).astype(float) / size
        assert 0.04 <= share.min() <= share.max() <= 1
    images = np.bincount(inputs.boxes[:, 0].astype(int))
    assert len(images) == case.maps[0]
    assert np.ptp(images) == 0


def test_the_same_seed_makes_the_same_inputs():
    case = Case((1, 2, 9, 9), 5, (2, 2))
    one, other = make_inputs(case), make_inputs(case)
    np.testing.assert_array_equal(one.maps, other.maps)
    np.testing.assert_array_equal(one.boxes, other.boxes)


# ---- Comparing -----------------------------------------------------------------------------------


def test_a_ratio_says_how_much_longer_the_peer_took():
    rows = [row("numpy", "values", 2.0), row("openvino", "values", 5.0)]
    assert ratio(rows[0], rows, "openvino") == Ratio(2.5, alike=True)
    assert ratio(rows[1], rows, "numpy") == Ratio(0.4, alike=True)
    assert ratio(rows[0], rows, "numpy") is None


def test_a_peer_is_compared_by_the_same_operation_if_it_has_it():
    ours = row("numpy", "argmax", 2.0)
    rows = [ours, row("torchvision", "argmax", 8.0), row("torchvision", "values", 6.0)]
    assert ratio(ours, rows, "torchvision") == Ratio(4.0, alike=True)


def test_gradients_and_graphs_are_compared_with_their_like_only():
    backward, replay = row("numpy", "backward", 1.0), row("cupy", "values", 1.0, GRAPH)
    rows = [backward, replay, row("openvino", "values", 2.0)]
    assert ratio(backward, rows, "openvino") is None
    assert ratio(replay, rows, "openvino") is None


def test_bandwidth_is_what_must_move_over_the_median():
    case = Case((1, 1, 8, 8), 1, (2, 2))
    timed = Row(Entry("numpy", "argmax"), Spread(2e-6, 0, 0, ()), None, copy_bandwidth=576e6)
    assert timed.bandwidth(case) == pytest.approx(288 / 2e-6)
    assert timed.limit(case) == pytest.approx(0.25)
    assert timed.nanoseconds(case) == pytest.approx(500)


def test_a_difference_names_how_many_numbers_and_by_how_much():
    expected = {"values": np.arange(4.0), "argmax": np.arange(4)}
    assert difference(expected, expected) is None
    found = {"values": np.array([0.0, 1, 2, 3.5]), "argmax": np.array([9, 1, 2, 0])}
    said = difference(found, expected)
    assert said == "1 of 4 values, by up to 0.5; 2 of 4 argmax, by up to 9"


def test_memory_is_that_which_a_call_holds_at_its_worst():
    def call():
        np.ones(4_000_000, dtype=np.uint8)
        return np.ones(1_000_000, dtype=np.uint8)

    assert 4_000_000 <= machine.peak_memory(call) < 4_500_000


# ---- The command ---------------------------------------------------------------------------------


def fake(change=0.0, name="fake"):
    """A peer that computes what roipool does, plus `change`."""

    def prepare(inputs):
        values = inputs.expected["values"] + np.float32(change)
        return [Work("values", lambda: values, lambda y: {"values": y})]

    return Peer(name, "1.0", "made up", prepare)


def absent():
    raise ImportError("No module named 'absent'\nand a second line")


def broken():
    raise AttributeError


def test_a_run_prints_tables_and_writes_json(tmp_path, capsys):
    path = tmp_path / "run.json"
    finders = {"numpy": cpu.find_numpy, "fake": fake, "absent": absent}
    assert main([*QUICK, "--json", str(path)], finders) == 0
    printed = capsys.readouterr()
    assert "absent takes no part: No module named 'absent'\n" in printed.out
    assert "1×1×8×8, 1 box, 2×2 bins. Must move 272 bytes for values" in printed.out
    assert "× fake" in printed.out
    assert "differs" not in printed.out
    assert printed.err == ""

    run = json.loads(path.read_text("utf-8"))
    assert {"cpu", "cores", "system", "python", "load"} <= set(run["machine"])
    assert run["versions"] == {"numpy": np.__version__, "fake": "1.0"}
    assert run["missing"] == {"absent": "No module named 'absent'"}
    assert set(run["import_seconds"]) == {"roipool", "numpy"}
    assert (run["convention"], run["rounds"]) == ("fast_rcnn", 3)
    (case,) = run["cases"]
    assert (case["name"], case["maps"], case["boxes"]) == (TINY, [1, 1, 8, 8], 1)
    assert set(case["peak_memory"]) == {"values", "argmax", "backward"}
    assert [(row["peer"], row["operation"], row["how"]) for row in case["rows"]] == [
        ("numpy", "values", "call"),
        ("fake", "values", "call"),
        ("numpy", "argmax", "call"),
        ("numpy", "backward", "call"),
    ]
    ours, theirs, argmax, backward = case["rows"]
    assert len(ours["seconds"]["samples"]) == 3
    assert ours["seconds"]["median"] == np.median(ours["seconds"]["samples"])
    medians = theirs["seconds"]["median"], argmax["seconds"]["median"]
    assert argmax["ratios"]["fake"] == {"times": medians[0] / medians[1], "alike": False}
    assert backward["ratios"] == {}


def test_a_peer_with_other_numbers_is_told(capsys, tmp_path):
    path = tmp_path / "run.json"
    finders = {"numpy": cpu.find_numpy, "fake": lambda: fake(change=0.5)}
    assert main([*QUICK, "--operations", "values", "--json", str(path)], finders) == 0
    printed = capsys.readouterr().out
    assert "fake !" in printed
    assert "! fake differs: 4 of 4 values, by up to 0.5" in printed
    ours, theirs = json.loads(path.read_text("utf-8"))["cases"][0]["rows"]
    assert ours["differs"] is None
    assert theirs["differs"] == "4 of 4 values, by up to 0.5"


def test_only_those_asked_for_take_part(capsys):
    finders = {"numpy": cpu.find_numpy, "fake": fake, "broken": broken}
    assert main([*QUICK, "--only", "fake"], finders) == 0
    printed = capsys.readouterr().out
    assert "numpy " not in printed.partition("1×1×8×8")[2]
    assert "broken" not in printed


def test_without_anybody_to_time_it_says_why(capsys):
    assert main(QUICK, {"absent": absent, "broken": broken}) == 2
    assert capsys.readouterr().err == (
        "absent takes no part: No module named 'absent'\nbroken takes no part: AttributeError\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--sizes", "9x9"], "invalid choice: '9x9'"),
        (["--only", "caffe"], "invalid choice: 'caffe'"),
        (["--operations", "align"], "invalid choice: 'align'"),
        (["--rounds", "0"], "'0' is not a whole number from 1"),
        (["--rounds", "2.5"], "'2.5' is not a whole number from 1"),
        (["--json", "no/such/folder/run.json"], "is no file that can be written"),
        (["--jsn", "x"], "unrecognized arguments"),
    ],
)
def test_arguments_that_are_not_understood_are_told(arguments, words, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_it_runs_as_a_module():
    run = subprocess.run(
        [sys.executable, "-m", "roipool.bench", *QUICK, "--only", "numpy", "--rounds", "1"],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("python -m roipool.bench --quick")
    assert "Medians of 1 rounds" in run.stdout


def test_importing_the_bench_imports_no_peer():
    code = "import sys, roipool.bench.__main__; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert not loaded & {"torch", "torchvision", "onnx", "onnxruntime", "openvino", "cupy"}


@pytest.mark.parametrize("name", ["torchvision", "onnxruntime", "openvino"])
def test_an_installed_peer_computes_what_roipool_does(name):
    found, missing = gather([name], FINDERS)
    if missing:
        pytest.skip(f"{name} takes no part: {missing[name]}")
    inputs = make_inputs(Case((2, 3, 20, 30), 8, (7, 7)))
    for work in found[0].prepare(inputs):
        assert difference(work.read(work.call()), inputs.expected) is None


def test_a_line_of_the_table_says_how_long_how_near_the_limit_and_against_whom():
    rows = [row("numpy", "values", 0.0175), row("onnxruntime", "values", 1.25)]
    table = report.case_table(report.CaseReport(CASES["1x512x38x50/300"], rows)).splitlines()
    assert table[0].startswith("1×512×38×50, 300 boxes, 7×7 bins. Must move 34 MB for values,")
    assert table[1].index("gives") == table[2].index("values") == table[3].index("values")
    expected = "numpy values 17.50 17.50 – 17.50 2.33 1.94 194% – 71.4"
    assert table[2].split() == expected.split()


# ---- The card, by a stand-in that computes with NumPy --------------------------------------------


class FakeStream(nullcontext):
    ptr = 0

    def synchronize(self):
        pass

    def begin_capture(self):
        raise RuntimeError("operation not permitted when stream is capturing\nmore")

    def end_capture(self):
        raise AssertionError("nothing was begun")


@pytest.fixture
def fake_card(monkeypatch):
    """A card without graphs whose every event is a millisecond after the last."""
    milliseconds = count()

    class Event:
        def record(self, stream):
            self.at = next(milliseconds)

        def synchronize(self):
            pass

    cupy = SimpleNamespace(
        __version__="0",
        array=np.array,
        asarray=np.asarray,
        asnumpy=np.asarray,
        cuda=SimpleNamespace(
            Device=lambda: SimpleNamespace(id=0),
            runtime=SimpleNamespace(getDeviceProperties=lambda device: {"l2CacheSize": 400}),
            Event=Event,
            get_elapsed_time=lambda start, stop: stop.at - start.at,
            MemoryPool=lambda: SimpleNamespace(malloc=None),
            using_allocator=lambda malloc: nullcontext(),
        ),
    )
    monkeypatch.setattr(cuda, "card", lambda: cuda.Card("a card", cupy, FakeStream()))
    monkeypatch.setattr(
        cuda, "library_calls", lambda *arrays: cpu.library_calls(*arrays[:-1], "numpy")
    )


def test_on_a_card_inputs_are_rotated_and_events_timed(fake_card, capsys):
    inputs = make_inputs(CASES[TINY])
    works = cuda.find_cupy().prepare(inputs)
    assert [(work.operation, work.how) for work in works] == [
        ("values", CALL),
        ("argmax", CALL),
        ("backward", CALL),
    ]
    for work in works:
        assert difference(work.read(work.call()), inputs.expected) is None
        assert work.run(3) == pytest.approx(1e-3)
    said = capsys.readouterr().err
    assert said.startswith("cupy values cannot be recorded in a graph: operation not permitted")
    assert "more" not in said


def test_copies_of_the_inputs_outgrow_the_cache(fake_card):
    inputs = make_inputs(CASES[TINY])
    copies = list(cuda._DeviceInputs.of(inputs).rotated())
    # Of a cache of 400 bytes three times: maps are 256 bytes, gradients and argmax together 32.
    assert len(copies) == 38
    sizes = [5, 38, 38]
    assert [len({id(array) for array in arrays}) for arrays in zip(*copies, strict=True)] == sizes
