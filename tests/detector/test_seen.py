"""A picture goes through the detector, and what the page shows of it is what was computed."""

from base64 import b64decode

import numpy as np
import pytest

from app.detector import payload as detector_payload
from app.detector.payload import Look, as_look, exercise_of
from app.detector.seen import LEAST_SHOWN, first_covering, rescaled, see
from app.detector.sources import PHOTOGRAPHS, made, own, photograph
from app.exercise.limits import MAX_BINS, MAX_DETECTED, MAX_SIDE
from app.exercise.record import pool
from app.fast_rcnn import network
from app.fast_rcnn.evaluation import RIGHT
from app.fast_rcnn.proposals import recall
from app.text import Text
from roipool import bin_edges, roi_pool
from tests.files.test_pictures import encoded

TEXT = Text("en")
# The quickest to search.
PHOTOGRAPH = "cat"


@pytest.fixture(scope="module")
def weights():
    return network.load()


@pytest.fixture(scope="module")
def generated(weights):
    return see(made(3), weights)


@pytest.fixture(scope="module")
def photographed(weights):
    return see(photograph(PHOTOGRAPH), weights)


@pytest.fixture(scope="module")
def white(weights):
    return see(own(encoded(np.full((60, 90, 3), 255, np.uint8))), weights)


def unpacked(packed, kind, *shape):
    return np.frombuffer(b64decode(packed), kind).reshape(shape)


def sent_edges(figure, axis, sections):
    """(cells, starts, stops) of every proposal, as the browser looks them up."""
    packed = figure["edges"][axis]
    table = unpacked(packed["table"], "u1", -1, 2 + MAX_BINS * (MAX_BINS + 1))
    rows = table[unpacked(packed["index"], "<u2", -1)]
    first = 2 + sections * (sections - 1)
    return rows[:, :2], rows[:, first : first + sections], rows[:, first + sections :][:, :sections]


def boxes_of(seen):
    return np.insert(seen.proposals, 0, 0, axis=1)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("sections", [1, 4, 7, 14])
@pytest.mark.parametrize("name", ["generated", "photographed"])
def test_edges_that_are_sent_give_the_output_of_the_library(name, sections, request):
    seen = request.getfixturevalue(name)
    figure = detector_payload.figure(seen)
    features = unpacked(figure["features"], "<f4", *seen.detections.features.shape)
    wanted = roi_pool(features, boxes_of(seen), sections, 1 / 4, convention="fast_rcnn")
    _, y0, y1 = sent_edges(figure, "rows", sections)
    _, x0, x1 = sent_edges(figure, "cols", sections)
    for n in range(len(seen.proposals)):
        for i in range(sections):
            for j in range(sections):
                part = features[0, :, y0[n, i] : y1[n, i], x0[n, j] : x1[n, j]]
                found = part.max(axis=(1, 2)) if part.size else figure["rule"]["emptyValue"]
                assert np.array_equal(wanted[n, :, i, j], np.broadcast_to(found, len(wanted[n])))


def test_cells_that_are_sent_are_those_of_the_bins(generated):
    figure = detector_payload.figure(generated)
    size = generated.detections.features.shape[2:]
    bins = bin_edges(boxes_of(generated), 4, size, 1 / 4, "fast_rcnn")
    assert np.array_equal(sent_edges(figure, "rows", 4)[0], bins.rows)
    assert np.array_equal(sent_edges(figure, "cols", 4)[0], bins.cols)


def test_boxes_and_scores_are_sent_as_they_are(generated):
    sent = detector_payload.figure(generated)["proposals"]
    count, found = len(generated.proposals), generated.detections
    assert np.array_equal(unpacked(sent["boxes"], "<f4", count, 4), generated.proposals)
    shown = unpacked(sent["probabilities"], "<f4", count, 6)
    assert np.array_equal(shown, found.probabilities)
    assert shown.sum(axis=1) == pytest.approx(1, abs=1e-5)
    refined = unpacked(sent["refined"], "<f4", count, 4)
    best = shown[:, 1:].argmax(axis=1)
    assert all(np.array_equal(refined[n], found.refined[n, best[n]]) for n in range(count))
    order = unpacked(sent["order"], "<u2", count)
    assert np.all(np.diff(shown[order, 0]) >= 0)


@pytest.mark.parametrize("number", [1, 2, 3, 8])
def test_recall_that_is_shown_is_that_of_the_first_proposals(number, weights):
    seen = see(made(number), weights)
    objects = seen.source.objects
    for first in (1, 5, 20, len(seen.proposals)):
        covered = sum(0 < n <= first for n in seen.covered)
        assert covered / len(objects) == pytest.approx(recall(seen.proposals[:first], objects))


def test_nothing_is_covered_where_nothing_is_proposed():
    assert first_covering(np.zeros((0, 4), np.float32), made(1).objects) == [0, 0, 0]


def test_detections_that_are_drawn_are_sure_and_find_each_object_once(weights):
    for number in range(1, 9):
        seen = see(made(number), weights)
        found, right = seen.detections, [n for n in seen.matches if n >= 0]
        assert all(found.scores[n] >= LEAST_SHOWN for n in seen.shown)
        assert len(set(right)) == len(right)
        for n, match in zip(seen.shown, seen.matches, strict=True):
            if match >= 0:
                assert found.labels[n] == seen.source.labels[match]
                overlap = recall(found.boxes[n : n + 1], seen.objects[match : match + 1], RIGHT)
                assert overlap == 1


def test_a_photograph_is_not_said_to_show_anything(photographed):
    data = payload(photographed)
    assert data["known"] is False
    assert (data["detections"], data["objects"]) == ([], [])
    assert "detections" not in [scene["kind"] for scene in data["scenes"]]
    assert data["proposals"]["count"] > 100


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photograph_is_searched_whole_and_its_map_fits_the_stage(name):
    rows, cols = photograph(name).pixels.shape[:2]
    assert 256 < max(rows, cols) <= 512
    assert MAX_DETECTED == 4 * MAX_SIDE


def test_proposals_of_a_photograph_lie_in_what_the_network_sees(photographed):
    rows, cols = photographed.size
    assert max(rows, cols) == MAX_DETECTED
    assert photographed.proposals.min() >= -0.5
    assert photographed.proposals[:, 2].max() <= cols - 1
    assert photographed.proposals[:, 3].max() <= rows - 1


def test_the_whole_picture_stays_the_whole_picture_when_it_is_scaled():
    whole = np.float32([[0, 0, 511, 340]])
    assert rescaled(whole, (341, 512), (171, 256)).tolist() == [[0, 0, 255, 170]]


def test_a_white_picture_has_no_proposals_and_its_story_ends_there(white):
    assert white.proposals.shape == (0, 4)
    data = payload(white)
    assert [scene["kind"] for scene in data["scenes"]] == ["image", "features", "proposals"]
    assert data["look"]["proposal"] == 0


def payload(seen, look=None, text=TEXT):
    return detector_payload.payload(detector_payload.figure(seen), look or Look(), text)


def test_the_playground_pools_the_same_numbers(generated):
    look = Look(proposal=17, channel=5, sections=3)
    exercise = exercise_of(generated, look)
    features = generated.detections.features
    box = boxes_of(generated)[17:18]
    wanted = roi_pool(features, box, 3, 1 / 4, convention="fast_rcnn")[:, 5]
    assert np.array_equal(pool(exercise).output, wanted)
    assert max(exercise.size) <= MAX_SIDE


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"proposal": 10**6, "channel": 0, "sections": 4},
        {"proposal": 0, "channel": 64, "sections": 4},
        {"proposal": 0, "channel": 0, "sections": 15},
        {"proposal": "0", "channel": 0, "sections": 4},
        {"proposal": True, "channel": 0, "sections": 4},
    ],
)
def test_what_is_not_there_cannot_be_looked_at(generated, asked):
    assert as_look(asked, generated) is None


def test_what_is_looked_at_comes_back(generated):
    look = as_look({"proposal": 2, "channel": 3, "sections": 7, "at": 1.5}, generated)
    assert look == Look(2, 3, 7)
    assert payload(generated, look)["look"] == {"proposal": 2, "channel": 3, "sections": 7}


def test_both_languages_are_sent_the_same_figure(generated):
    english, chinese = (payload(generated, text=Text(one)) for one in ("en", "zh"))
    for words in ("text", "classes", "language"):
        assert english.pop(words) != chinese.pop(words)
    assert english == chinese
