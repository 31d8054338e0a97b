"""The bench as a command says what it measured, of whom, who computed something else."""

import json
import subprocess
import sys

import numpy as np
import pytest

from roipool.bench import cpu
from roipool.bench.__main__ import FINDERS, main
from roipool.bench.cases import Case, make_inputs
from roipool.bench.compare import difference
from roipool.bench.peers import Peer, Work, gather
from tests.roipool.bench.runs import QUICK, TINY


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


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("module", "called"),
    [("roipool bench", "roipool bench"), ("roipool.bench", "python -m roipool.bench")],
)
def test_it_runs_as_a_command_and_as_a_module(module, called):
    given = [*module.split(), *QUICK, "--only", "numpy", "--rounds", "1"]
    run = subprocess.run([sys.executable, "-m", *given], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(f"{called} --quick")
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
