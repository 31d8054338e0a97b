"""Links: an exercise there and back, bit for bit; nothing that a stranger sends raises."""

import base64
import json
import string
import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exercise.feature_maps import FIXED, make_cells
from app.exercise.gradient import canonical
from app.exercise.limits import (
    MAX_BINS,
    MAX_BOXES,
    MAX_CHANNELS,
    MAX_GRADIENT,
    MAX_IMAGES,
    MAX_SIDE,
)
from app.exercise.link import CUSTOM, MOST_CHARACTERS, LinkError, decode, encode, with_name
from app.exercise.maps import Maps
from app.exercise.record import Exercise, article_exercise
from roipool import PRESETS, Convention, RoIPoolError
from tests import sampling

ARTICLE = article_exercise()
FINITE = st.floats(allow_nan=False, allow_infinity=False)
GRADIENTS = st.sampled_from([1, 1, 0, -1]) | st.floats(-MAX_GRADIENT, MAX_GRADIENT)


@st.composite
def conventions(draw):
    if draw(st.booleans()):
        return draw(st.sampled_from(sorted(PRESETS)))
    try:
        return Convention(
            name=CUSTOM,
            inclusive_end=draw(st.booleans()),
            rounding=draw(st.sampled_from(["half_away", "half_even", "floor", "outward", "none"])),
            arithmetic=draw(st.sampled_from(["exact", "float32", "float64", "step", "step_rest"])),
            stop=draw(st.sampled_from(["floor", "ceil", "nearest", "floor_or_one"])),
            min_cells=draw(st.integers(0, 1)),
            empty_value=draw(st.floats(allow_nan=False)),
            empty_argmax=draw(st.integers(-1, 0)),
            degenerate_argmax=draw(st.sampled_from([None, -1, 0])),
            lowest=draw(st.none() | st.floats(allow_nan=False)),
        )
    except RoIPoolError:
        return "article"


@st.composite
def exercises(draw):
    images, channels = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    shape = images, channels, draw(st.integers(2, 6)), draw(st.integers(2, 6))
    count = int(np.prod(shape))
    values = draw(st.lists(FINITE, min_size=count, max_size=count))
    box = st.tuples(st.integers(0, images - 1).map(float), FINITE, FINITE, FINITE, FINITE)
    boxes = draw(st.lists(box, max_size=4))
    arrived = st.lists(st.lists(GRADIENTS, min_size=2, max_size=2), min_size=1, max_size=2)
    return Exercise(
        maps=Maps(np.reshape(values, shape)),
        boxes=tuple(boxes),
        output_size=draw(st.tuples(st.integers(1, MAX_BINS), st.integers(1, MAX_BINS))),
        convention=draw(conventions()),
        selected=draw(st.integers(0, max(0, len(boxes) - 1))),
        spatial_scale=1 / draw(st.integers(1, 32)),
        image=draw(st.integers(0, images - 1)),
        channel=draw(st.integers(0, channels - 1)),
        gradient=canonical(draw(st.lists(arrived, max_size=len(boxes)))),
    )


def code_of(told):
    packed = zlib.compress(told if isinstance(told, bytes) else json.dumps(told).encode())
    return "1" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def told_of(exercise):
    packed = encode(exercise)[1:]
    return json.loads(zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))))


@settings(max_examples=sampling.examples(200), deadline=None)
@given(exercises())
def test_a_link_brings_back_the_same_exercise(exercise):
    try:
        code = encode(exercise)
    except LinkError as error:
        assert error.problem.key == "link.too_long"  # noqa: PT017 - the rest asks the same again
        return
    again = decode(code)
    assert again == exercise
    assert again.maps.array.tobytes() == exercise.maps.array.tobytes()
    assert set(code) <= {*string.ascii_letters, *string.digits, "-", "_"}


def test_a_link_from_before_there_was_a_gradient_still_opens():
    code = "1eNoNyUEKgCAUhOG7zHoIfVCJVxEJk4LIDMxddPces_n55sUFH5BaP3LZQEcXiVUtGFoKp2"
    code += "HkHNVuNaFoZXjs6elLy7WCOOEtUfQ31MXvB9csFoc"
    box = (0.0, 1.0, 2.0, 6.5, 7.0)
    assert decode(code) == replace(ARTICLE, convention="fast_rcnn", boxes=(box,))


def test_a_link_says_nothing_of_a_gradient_of_ones():
    assert "g" not in told_of(ARTICLE)
    assert told_of(replace(ARTICLE, gradient=(((0.5, 1.0),),)))["g"] == [[[0.5, 1]]]


@pytest.mark.parametrize("kind", [kind for kind in FIXED if kind != "article"])
@pytest.mark.parametrize("size", [(2, 2), (64, 64), (7, 31)])
def test_a_map_that_its_size_decides_costs_nothing(kind, size):
    exercise = ARTICLE.with_maps(Maps(make_cells(kind, *size)))
    assert len(encode(exercise)) < 200
    assert decode(encode(exercise)) == exercise


def test_a_small_exercise_stays_under_2000_characters():
    precise = np.random.default_rng(0).random((8, 8))
    boxes = tuple((0.0, x / 7, x / 3, 7 - x / 9, 8.0) for x in range(10))
    assert len(encode(replace(ARTICLE, maps=Maps(precise), boxes=boxes))) < 2000
    rounded = Maps(make_cells("random", 16, 16))
    assert len(encode(replace(ARTICLE, maps=rounded, boxes=boxes))) < 2000


def test_an_exercise_too_large_for_a_link_says_so():
    large = replace(ARTICLE, maps=Maps(np.random.default_rng(0).random((8, 4, 64, 64))))
    with pytest.raises(LinkError) as caught:
        encode(large)
    assert caught.value.problem.key == "link.too_long"


VALID = told_of(replace(ARTICLE, maps=Maps(np.arange(6.0).reshape(2, 3))))


@pytest.mark.parametrize(
    "change",
    [
        {"m": None},
        {"m": []},
        {"m": ["random", 8, 8]},
        {"m": ["peak", 65, 8]},
        {"m": ["peak", 1, 8]},
        {"m": ["peak", 8.5, 8]},
        {"m": [[1, 1, 2, 3], [1, 2, 3, 4, 5]]},
        {"m": [[1, 1, 2, 3], [1, 2, 3, 4, 5, "6"]]},
        {"m": [[1, 1, 2, 3], [1, 2, 3, 4, 5, True]]},
        {"m": [[1, 1, 2, 3], [1, 2, 3, 4, 5, None]]},
        {"m": [[1, 1, 2, 3], [1, 2, 3, 4, 5, 10**400]]},
        {"m": [[MAX_IMAGES + 1, 1, 2, 2], [0] * (4 * MAX_IMAGES + 4)]},
        {"m": [[1, MAX_CHANNELS + 1, 2, 2], [0] * (4 * MAX_CHANNELS + 4)]},
        {"m": [[1, 1, MAX_SIDE + 1, 2], [0] * (2 * MAX_SIDE + 2)]},
        {"m": [[1, 1, -2, -3], [1, 2, 3, 4, 5, 6]]},
        {"b": [[0, 0, 0, 1]]},
        {"b": [[1, 0, 0, 1, 1]]},
        {"b": [[0.5, 0, 0, 1, 1]]},
        {"b": [[0, 0, 0, 1, 1]] * (MAX_BOXES + 1)},
        {"b": {"0": []}},
        {"o": [0, 2]},
        {"o": [2, MAX_BINS + 1]},
        {"o": 2},
        {"c": "nobody"},
        {"c": "<script>"},
        {"c": [True] * 9},
        {"c": [True, "none", "exact", "ceil", 1, 0, -1, None, None]},
        {"c": [True, "half_away", "exact", "ceil", 7, 0, -1, None, None]},
        {"c": [True, "half_away", "exact", "ceil", 1, "nan", -1, None, None]},
        {"c": [1, "half_away", "exact", "ceil", 1, 0, -1, None, None]},
        {"c": [True, ["half_away"], "exact", "ceil", 1, 0, -1, None, None]},
        {"k": 0},
        {"k": -1},
        {"k": 1e300},
        {"l": [1, 0, 0]},
        {"l": [0, 1, 0]},
        {"l": [0, 0, 1]},
        {"l": [-1, 0, 0]},
        {"l": [0, 0]},
        {"g": None},
        {"g": {"0": []}},
        {"g": [[]] * (MAX_BOXES + 1)},
        {"g": [[[]] * (MAX_BINS + 1)]},
        {"g": [[[1] * (MAX_BINS + 1)]]},
        {"g": [[["1"]]]},
        {"g": [[[True]]]},
        {"g": [[[None]]]},
        {"g": [[[10**400]]]},
    ],
)
def test_a_code_that_says_what_no_exercise_can_be_is_refused(change):
    assert decode(code_of(VALID)).size == (2, 3)
    with pytest.raises(LinkError):
        decode(code_of({**VALID, **change}))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "1",
        "0" + encode(ARTICLE)[1:],
        "1é" + encode(ARTICLE)[2:],
        encode(ARTICLE)[:-1],
        encode(ARTICLE)[:20],
        encode(ARTICLE) + "AAAA",
        "1" + "A" * (MOST_CHARACTERS + 1),
        code_of(b"[" * 5000),
        code_of(b"not json"),
        code_of(b"\xff\xfe"),
        code_of(b" " * (1 << 24)),
        code_of(b'{"m":1'),
        code_of([1, 2]),
        code_of(None),
        code_of({}),
    ],
    ids=range(16),
)
def test_a_broken_truncated_or_hostile_code_is_a_link_error(code):
    with pytest.raises(LinkError):
        decode(code)


@settings(max_examples=sampling.examples(300), deadline=None)
@given(st.data())
def test_no_change_of_a_code_raises_anything_else(data):
    code = encode(ARTICLE.with_maps(Maps(make_cells("random", 3, 3))))
    start = data.draw(st.integers(0, len(code)))
    stop = data.draw(st.integers(start, len(code)))
    changed = code[:start] + data.draw(st.text(max_size=20)) + code[stop:]
    try:
        assert isinstance(decode(changed), Exercise)
    except LinkError as error:
        assert error.problem.key.startswith("link.")  # noqa: PT017 - either is fine


def test_a_convention_goes_by_its_preset_s_name_where_it_is_one():
    floored = replace(PRESETS["fast_rcnn"], name="whatever", stop="floor")
    assert with_name(replace(PRESETS["mmcv"], name="whatever")) == "mmcv"
    assert with_name(floored).name == CUSTOM
    assert with_name(floored).stop == "floor"
