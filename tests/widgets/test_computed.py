"""What is computed, by whomever: its time and its warnings reach the reader."""

import warnings

import numpy as np

import roipool
from app.exercise.desk import Desk
from app.exercise.record import article_exercise, pool
from app.stage.payload import payload
from app.story.backward import send_back
from app.story.notices import notices
from app.story.way_back import way_back
from app.text import Text
from tests.widgets.machines import ON_GPU, known

ARTICLE = article_exercise()


def test_a_result_is_numpy_s_and_keeps_the_time_it_took(machine):
    known(machine, ON_GPU)
    first = pool(ARTICLE, "cupy")
    assert pool(ARTICLE, "cupy") is first
    assert first.backend == "cupy"
    assert 0 < first.seconds < 10
    assert first.warning is None
    assert type(first.output) is np.ndarray
    assert pool(ARTICLE, "numpy").backend == "numpy"


def test_what_the_library_warns_of_reaches_the_reader(monkeypatch):
    compute, expected = roipool.roi_pool_with_argmax, pool(ARTICLE).output.tolist()

    def without_room(*args, backend, **options):
        warnings.warn("of another kind", UserWarning, stacklevel=2)
        # As the library does: in the name of the line that called it.
        warnings.warn("No room.", RuntimeWarning, stacklevel=2)
        return compute(*args, **options, backend="numpy")

    monkeypatch.setattr(roipool, "roi_pool_with_argmax", without_room)
    with warnings.catch_warnings(record=True) as passed_on:
        warnings.simplefilter("error", RuntimeWarning)
        warnings.simplefilter("always", UserWarning)
        results = [pool.__wrapped__(ARTICLE, "cupy") for _ in range(2)]
    assert [str(one.message) for one in passed_on] == ["of another kind"] * 2
    for result in results:
        assert result.backend == "numpy"
        assert result.output.tolist() == expected
        for language, lead in (("en", "The GPU could not compute"), ("zh", "GPU 未能完成计算")):
            (notice,) = notices(ARTICLE, result, Text(language))
            assert notice["box"] is None
            assert notice["text"].startswith(lead)
            assert notice["text"].endswith("“No room.”")


def test_the_way_back_is_asked_of_the_chosen_backend_and_its_warning_reaches_the_reader(
    machine, monkeypatch
):
    compute, asked = roipool.roi_pool_backward, []

    def without_room(*args, backend, **options):
        asked.append(backend)
        warnings.warn("No room.", RuntimeWarning, stacklevel=2)
        return compute(*args, **options, backend="numpy")

    known(machine, ON_GPU)
    monkeypatch.setattr(roipool, "roi_pool_backward", without_room)
    send_back.cache_clear()
    told = payload(Desk(ARTICLE), Text("en"), backend="cupy", tell=way_back)
    send_back.cache_clear()
    assert asked == ["cupy"]
    assert sum(told["backward"]["gradient"]) == 4
    assert told["notices"][0]["text"].endswith("“No room.”")
