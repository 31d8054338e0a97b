"""Worksheets as workbooks: the formulas give what the library gives; blank cells hold nothing."""

import re
import warnings
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import FORMULAE

import roipool
from app.lessons import cuts
from app.lessons.instances import instance
from app.lessons.models import Model
from app.text import Text
from app.worksheets.formulas import Axis, first, holds, length, section
from app.worksheets.order import Order
from app.worksheets.workbook import workbook
from tests.worksheets import sample

HEAVY = "medium"


@pytest.fixture(autouse=True)
def said(monkeypatch):
    sample.say(monkeypatch)


def read(lesson, filled, **options):
    return load_workbook(BytesIO(workbook(Order(lesson, 7, filled=filled, **options))))


def to_fill(sheet):
    """The cells that a learner fills, by their places."""
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return {cell.coordinate: cell for cell in cells if cell.border.left.style == HEAVY}


def calculated(lesson, tmp_path):
    """What the formulas of a lesson's only sheet give, by place."""
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(workbook(Order(lesson, 7, filled=True)))
    with warnings.catch_warnings():
        # Whoever compiles its modules, as they are needed, is told of a comparison there.
        warnings.simplefilter("ignore", SyntaxWarning)
        why = "computes the formulas; requirements-dev.txt"
        formulas = pytest.importorskip("formulas", reason=why)
        found = formulas.ExcelModel().loads(str(path)).finish().calculate()
    values = {}
    for name, value in found.items():
        place = name.rpartition("!")[2]
        if ":" not in place and hasattr(value, "value"):
            values[place] = value.value[0, 0]
    return values


def places(filled):
    """The places of a filled sheet's answers: of the box, the sections, the output, row by row."""
    rows = {}
    for place, cell in to_fill(filled).items():
        rows.setdefault(cell.row, []).append(place)
    return [place for row in sorted(rows) for place in rows[row]]


def expected(exercise):
    """What the library gives, row by row as the sheet has it."""
    bins = roipool.bin_edges(
        list(exercise.boxes),
        exercise.output_size,
        exercise.size,
        exercise.spatial_scale,
        exercise.convention,
    )
    (x, y), (wide, high) = bins.start[0], bins.length[0]
    flat = [y, high, x, wide]
    axes = [
        [(start, stop - 1) for start, stop in zip(starts[0], stops[0], strict=True)]
        for starts, stops in ((bins.y0, bins.y1), (bins.x0, bins.x1))
    ]
    for k in range(max(map(len, axes))):
        flat += [edge for axis in axes if k < len(axis) for edge in axis[k]]
    output = roipool.roi_pool(
        exercise.maps.array,
        list(exercise.boxes),
        exercise.output_size,
        exercise.spatial_scale,
        convention=exercise.convention,
    )
    return [*flat, *output[0, exercise.channel].ravel()]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("key", ["overlap", "cut", "value", "cells", "unrounded"])
def test_the_formulas_give_what_the_library_gives(key, tmp_path):
    lesson = sample.only(key)
    (sheet,) = read(lesson, True).worksheets
    values = calculated(lesson, tmp_path)
    found = [float(values[place]) for place in places(sheet)]
    assert found == pytest.approx(expected(lesson.question(1, 7).exercise))


def test_every_answer_is_a_formula():
    for sheet in read(sample.only("cut", "overlap", "value"), True).worksheets:
        cells = to_fill(sheet).values()
        assert cells
        assert all(str(cell.value).startswith("=") for cell in cells), sheet.title


def test_every_function_is_one_that_all_spreadsheets_know():
    """Those of the format's first edition: a later one has to be written with a prefix."""
    axis = Axis("$B$5", "$D$5", "$F$5", "$G$5", 8)
    written = []
    for rule in map(roipool.get_convention, roipool.PRESETS):
        written += [first(axis, rule), length(axis, rule, "$B$8")]
        written += section(axis, rule, 0, "$B$8", "$C$8")
    for sheet in read(sample.only("cut", "overlap", "value"), True).worksheets:
        written += [cell.value for cell in to_fill(sheet).values()]
    used = {name for one in written for name in re.findall(r"[\w.]+(?=\()", one)}
    assert used >= {"INDEX", "INT", "MAX", "MOD", "ROUND"}
    assert used <= FORMULAE


def test_a_blank_sheet_is_the_same_without_the_answers():
    lesson = sample.only("cut", "cells", "which")
    blank, filled = (read(lesson, filled) for filled in (False, True))
    assert len(blank.worksheets) == 3
    assert blank.sheetnames == filled.sheetnames
    for one, other in zip(blank.worksheets, filled.worksheets, strict=True):
        assert to_fill(one).keys() == to_fill(other).keys()
        assert all(cell.value is None for cell in to_fill(one).values())
        for row in one.iter_rows():
            for cell in row:
                if cell.coordinate not in to_fill(one):
                    assert cell.value == other[cell.coordinate].value


def test_what_has_no_box_to_cut_has_no_sheet():
    names = read(sample.only("value", "shape", "box", "pick"), False).sheetnames
    assert names == ["7.1", "7.4"]
    (only,) = read(sample.only("box"), False).worksheets
    assert only["A1"].value == Text("en")("lessons.sheet.none")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_sheet_prints_on_one_page_of_the_paper(paper):
    (sheet,) = read(sample.only("value"), False, paper=paper).worksheets
    assert sheet.page_setup.paperSize == {"A4": 9, "Letter": 1}[paper]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


CONVENTIONS = ["article", "fast_rcnn", "paddle_gpu", "mmcv", "chainer_roi_pooling_2d"]


@pytest.mark.parametrize("convention", [name for name in CONVENTIONS if name in roipool.PRESETS])
def test_the_formulas_cut_as_the_named_conventions_do(convention):
    """Where they hold is what a sheet asks; they are to hold nearly always."""
    model = Model(map=(8, 8), output=((2, 2), (3, 3)), stride=8, convention=convention)
    ask = sample.Ask("cut", model)
    found = []
    for seed in range(30):
        exercise = instance(ask, str(seed)).exercise
        _, x1, _, x2, _ = exercise.boxes[0]
        spans = cuts.library_cut(exercise).cols
        found.append(holds(exercise.rule, (x1, x2), 1 / 8, exercise.size[1], spans))
    assert sum(found) >= 28


def test_where_no_formula_cuts_so_the_numbers_stand(monkeypatch):
    monkeypatch.setattr("app.worksheets.workbook.holds", lambda *given: False)
    lesson = sample.only("cut")
    (sheet,) = read(lesson, True).worksheets
    found = [sheet[place].value for place in places(sheet)]
    edges, output = found[:-9], found[-9:]
    assert edges == expected(lesson.question(1, 7).exercise)[:-9]
    assert all(value.startswith("=IF(") for value in output)
