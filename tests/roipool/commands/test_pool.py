"""``roipool pool``: files in, the library's output out, as text or as NumPy saves it."""

import io
import json
import sys

import numpy as np
import pytest

from app.files import read_array
from roipool import article, roi_pool, roi_pool_with_argmax
from roipool.commands.everything import main
from tests.roipool.commands.running import BOX, BY_ARTICLE, BY_TORCHVISION, article_files, process


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(article_files(tmp_path))
    return tmp_path


def test_a_map_and_boxes_become_rows_of_numbers(folder):
    done = process("pool", folder / "map.csv", "-", "--output-size", 2, given=BOX)
    assert (done.stdout, done.returncode) == ("0.85,0.84\n0.97,0.96\n", 0), done.stderr


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "npy", "npz"])
def test_what_is_written_is_what_the_library_computes(folder, kind):
    given = "pool map.npy boxes.csv --output-size 3x2 --convention torchvision --argmax where.npy"
    assert main([*given.split(), "-o", f"out.{kind}"]) == 0
    output, argmax = roi_pool_with_argmax(
        np.load("map.npy"), article.BOXES, (3, 2), convention="torchvision"
    )
    read = read_array(f"out.{kind}", (folder / f"out.{kind}").read_bytes())
    assert read.reshape(1, 1, 3, 2).tolist() == output.tolist()
    assert np.load("where.npy").tolist() == argmax.tolist()
    assert np.load("where.npy").dtype == np.int32


def test_a_map_of_float32_stays_one(folder):
    assert main(["pool", "map.npy", "boxes.csv", "--output-size", "2", "-o", "out.npy"]) == 0
    assert np.load("out.npy").dtype == np.float32


def test_scale_and_mean_are_the_library_s(folder, capsys):
    given = "pool map.csv boxes.json --output-size 2 --scale 1/2 --reduce mean --as json"
    (folder / "boxes.json").write_text("[[0, 0, 6, 14, 16]]")
    assert main(given.split()) == 0
    wanted = roi_pool(article.FEATURE_MAP, [[0, 0, 6, 14, 16]], 2, 0.5, reduce="mean")
    assert json.loads(capsys.readouterr().out) == wanted.tolist()


def test_what_had_to_be_interpreted_is_said_beside_the_output(folder, capsys):
    (folder / "map.csv").write_text("1;2,5\n3;4\n")
    (folder / "boxes.csv").write_text("0, 0, 0, 2, 2")
    assert main(["pool", "map.csv", "boxes.csv", "--output-size", "1"]) == 0
    said = capsys.readouterr()
    assert said.out == "4.0\n"
    assert said.err.startswith("map.csv: ")


@pytest.mark.parametrize("blocked", ["app.files", None])
def test_text_is_read_with_the_app_and_without(folder, monkeypatch, capsys, blocked):
    if blocked:
        monkeypatch.setitem(sys.modules, blocked, None)
    assert main(["pool", "map.csv", "boxes.csv", "--output-size", "2", "--as", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [[BY_ARTICLE]]
    (folder / "boxes.csv").write_text("0, 0, 0, 2, 2")
    (folder / "x.json").write_text('{"x": [[1, 2], [3, 4]]}')
    assert main(["pool", "x.json", "boxes.csv", "--output-size", "1"]) == 0
    assert capsys.readouterr().out == "4.0\n"
    assert main(["pool", "output.txt", "boxes.csv", "--output-size", "1"]) == 2
    (folder / "words.csv").write_text("one,two\n")
    assert main(["pool", "words.csv", "boxes.csv", "--output-size", "1"]) == 2
    assert "words.csv" in capsys.readouterr().err


def test_several_arrays_in_one_file_are_told_apart_by_their_names(folder, capsys):
    np.savez("both.npz", x=article.FEATURE_MAP, rois=article.BOXES)
    given = "pool both.npz both.npz --output-size 2 --convention torchvision --as json"
    assert main(given.split()) == 0
    assert json.loads(capsys.readouterr().out) == [[BY_TORCHVISION]]
    np.savez("others.npz", a=article.FEATURE_MAP, b=article.BOXES)
    assert main(["pool", "others.npz", "boxes.csv", "--output-size", "2"]) == 2
    assert "others.npz holds ['a', 'b']; expected one array" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("map.csv four.csv --output-size 2", "The batch index is missing"),
        ("map.csv boxes.csv --output-size 2 --convention nobody", "convention is 'nobody'"),
        ("nowhere.csv boxes.csv --output-size 2", "nowhere.csv: No such file or directory"),
        ("whole.npy boxes.csv --output-size 2", "has dtype int64"),
        ("broken.npy boxes.csv --output-size 2", "broken.npy is no array of numbers"),
        ("map.csv boxes.csv --output-size 2 -o out.xls", "ends in none of .csv"),
        ("- - --output-size 2", "the standard input can be read only once"),
        ("map.csv boxes.csv --output-size 2 --argmax -", "would be written to one place"),
        ("map.csv boxes.csv --output-size 2 --reduce mean --argmax a.csv", "is found nowhere"),
    ],
)
def test_what_cannot_be_pooled_is_said(folder, capsys, given, told):
    (folder / "four.csv").write_text("0, 3, 7, 8\n")
    np.save("whole.npy", np.ones((1, 1, 4, 4), dtype=np.int64))
    (folder / "broken.npy").write_bytes(b"\x93NUMPY\x01\x00v\x00{'descr'")
    assert main(["pool", *given.split()]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("--output-size 0", "'0' is no size"),
        ("--output-size 2x", "'2x' is no size"),
        ("--output-size 2 --scale 1/0", "'1/0' is no scale"),
        ("--output-size 2 -o /nowhere/out.npy", "is no file that can be written"),
        ("", "the following arguments are required: --output-size"),
    ],
)
def test_what_is_not_understood_is_said(folder, capsys, given, told):
    with pytest.raises(SystemExit) as left:
        main(["pool", "map.csv", "boxes.csv", *given.split()])
    assert left.value.code == 2
    assert told in capsys.readouterr().err


def test_nothing_is_unpickled(folder, capsys):
    stream = io.BytesIO()
    np.save(stream, np.array([{}], dtype=object), allow_pickle=True)
    (folder / "objects.npy").write_bytes(stream.getvalue())
    assert main(["pool", "objects.npy", "boxes.csv", "--output-size", "2"]) == 2
    assert "objects.npy is no array of numbers" in capsys.readouterr().err
