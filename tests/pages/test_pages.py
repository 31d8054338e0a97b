"""The pages run, in both languages, and their controls set the exercise."""

import json
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.exercise.desk import Desk
from app.exercise.presets import preset_exercise
from app.sizes.cases import with_case
from app.sizes.heat_map import as_case
from app.sizes.metrics import metrics, told
from app.text import Text
from roipool import PRESETS

ROOT = Path(__file__).parents[2]


def run(page, language="en"):
    # The first run of a process imports everything: the limit is there for what never ends.
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    app.session_state["language"] = language
    if page != "replay":
        # The first run knows the pages.
        app.run()
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    app.run()
    assert not app.exception
    return app


def sent(app, component=0):
    return json.loads(app.get("bidi_component")[component].proto.json)["figure"]


def choice(app, key):
    return next(group for group in app.get("button_group") if group.key.startswith(key))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("page", "panel"), [("replay", "story"), ("playground", "boxes")])
def test_a_page_shows_the_article_s_example(page, panel, language):
    data = sent(run(page, language))
    assert data["output"] == [0.85, 0.84, 0.97, 0.96]
    assert (data["panel"], data["language"]) == (panel, language)


def test_the_output_size_follows_its_two_numbers():
    app = run("replay")
    app.number_input(key="replay.output.rows").set_value(3).run()
    app.number_input(key="replay.output.cols").set_value(1).run()
    assert sent(app)["outputSize"] == [3, 1]


def test_the_convention_follows_its_choice_and_back_to_the_article_undoes_all():
    app = run("replay")
    app.selectbox(key="replay.convention").set_value("fast_rcnn").run()
    assert sent(app)["output"] == [0.85, 0.96, 0.97, 0.91]
    app.number_input(key="replay.output.rows").set_value(5).run()
    epoch = sent(app)["epoch"]
    app.button(key="replay.reset").click().run()
    assert sent(app)["output"] == [0.85, 0.84, 0.97, 0.96]
    assert sent(app)["epoch"] == epoch + 1


def test_a_random_map_follows_size_and_seed():
    app = run("playground")
    app.selectbox(key="playground.map.kind").set_value("random").run()
    app.number_input(key="playground.map.rows").set_value(5).run()
    app.number_input(key="playground.map.cols").set_value(64).run()
    first = sent(app)
    assert (first["rows"], first["cols"], len(first["cells"])) == (5, 64, 320)
    app.number_input(key="playground.map.seed").set_value(7).run()
    assert sent(app)["cells"] != first["cells"]


def test_the_choice_of_map_survives_a_visit_to_another_page():
    app = run("playground")
    app.selectbox(key="playground.map.kind").set_value("checkerboard").run()
    app.switch_page(str(ROOT / "pages" / "replay.py")).run()
    app.switch_page(str(ROOT / "pages" / "playground.py")).run()
    assert app.selectbox(key="playground.map.kind").value == "checkerboard"
    assert sent(app)["cells"][:3] == [0, 1, 0]


def test_pasted_numbers_become_the_map():
    app = run("playground")
    app.selectbox(key="playground.map.kind").set_value("pasted").run()
    app.text_area(key="playground.map.text").set_value("1\t2\n3\t4").run()
    app.button(key="playground.map.text.use").click().run()
    assert sent(app)["cells"] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2\n3,**x**", r"“\*\*x\*\*”"),
        ("1,nan\n3,4", "finite"),
        ("1,2\n3", "Every row needs as many"),
    ],
)
def test_pasted_numbers_that_cannot_be_used_are_kept_and_explained(text, said):
    app = run("playground")
    before = sent(app)
    app.selectbox(key="playground.map.kind").set_value("pasted").run()
    app.text_area(key="playground.map.text").set_value(text).run()
    app.button(key="playground.map.text.use").click().run()
    assert said in app.error[0].value
    assert app.text_area(key="playground.map.text").value == text
    assert sent(app) == before


def test_boxes_can_be_set_as_text_and_a_table_without_batch_index_is_explained():
    app = run("playground")
    area = "playground.boxes.text"
    assert app.text_area(key=area).value == "0, 0, 3, 7, 8"
    app.text_area(key=area).set_value("0 3 7 8").run()
    app.button(key=f"{area}.use").click().run()
    assert "batch" in app.error[0].value
    assert app.text_area(key=area).value == "0 3 7 8"
    app.text_area(key=area).set_value("0 0 0 2 2\n0 1 1 3 3").run()
    app.button(key=f"{area}.use").click().run()
    assert not app.error
    assert [box["numbers"] for box in sent(app)["boxes"]] == [[0, 0, 0, 2, 2], [0, 1, 1, 3, 3]]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_gradient_shows_ones_on_their_way_back_to_the_article_s_maxima(language):
    data = sent(run("gradient", language))
    assert (data["kinds"][0], data["language"]) == ("forward", language)
    assert data["boxes"][0]["gradient"] == [1, 1, 1, 1]
    hit = {divmod(k, 8) for k, value in enumerate(data["backward"]["gradient"]) if value == 1}
    assert hit == {(3, 0), (3, 3), (5, 6), (7, 2)}
    assert sum(data["backward"]["gradient"]) == 4


def test_the_examples_of_gradient_set_boxes_and_what_arrives_and_undo_takes_them_back():
    app = run("gradient")
    assert choice(app, "gradient.preset").value is None
    choice(app, "gradient.preset").set_value("two-boxes").run()
    data = sent(app)
    assert choice(app, "gradient.preset").value == "two-boxes"
    assert [box["gradient"] for box in data["boxes"]] == [[1, 0.5, 0.5, 1], [1, 0.5, 2, -1]]
    assert data["backward"]["gradient"][3 * 8 + 3] == 1.5
    app.selectbox(key="gradient.convention").set_value("fast_rcnn").run()
    assert sent(app)["backward"]["gradient"] != data["backward"]["gradient"]
    app.button(key="gradient.undo").click().run()
    assert sent(app)["backward"] == data["backward"]
    app.button(key="gradient.reset").click().run()
    assert sum(sent(app)["backward"]["gradient"]) == 4


def test_a_gradient_keeps_what_was_set_when_the_output_grows():
    app = run("gradient")
    choice(app, "gradient.preset").set_value("one-cell-two-sections").run()
    app.number_input(key="gradient.output.cols").set_value(3).run()
    assert sent(app)["boxes"][0]["gradient"] == [1, 0.5, 1, 1, 1, 1]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_sizes_shows_the_article_s_box_on_a_ruler_and_all_cases_on_a_map(language):
    app = run("sizes", language)
    data = sent(app)
    assert data["output"] == [0.85, 0.84, 0.97, 0.96]
    assert data["language"] == language
    assert (data["rows"], data["cols"], data["ruler"]["most"]) == (9, 8, 64)
    cases = sent(app, 1)
    assert len(cases["cells"]) == 64 * 14
    assert cases["here"] == [[5, 2], [7, 2]]


def test_sliders_and_presets_of_sizes_set_box_and_map():
    app = run("sizes")
    app.slider(key="sizes.box.rows").set_value(57).run()
    data = sent(app)
    assert (data["rows"], data["boxes"][0]["numbers"]) == (61, [0, 0, 3, 7, 60])
    presets = "sizes.preset"
    assert choice(app, presets).value is None
    choice(app, presets).set_value("57-in-7").run()
    assert choice(app, presets).value == "57-in-7"
    data = sent(app)
    assert (data["rows"], data["outputSize"]) == (58, [7, 7])
    assert data["boxes"][0]["rows"]["stops"][-1] == 58
    app.button(key="sizes.undo").click().run()
    assert sent(app)["boxes"][0]["numbers"] == [0, 0, 3, 7, 60]
    app.button(key="sizes.reset").click().run()
    assert sent(app)["output"] == [0.85, 0.84, 0.97, 0.96]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("question", ["spread", "ratio", "shared", "empty", "past"])
def test_the_map_of_sizes_answers_each_question_under_the_page_s_convention(question):
    app = run("sizes")
    app.selectbox(key="sizes.convention").set_value("fast_rcnn").run()
    choice(app, "sizes.question").set_value(question).run()
    assert not app.exception
    cases, asked = sent(app, 1), metrics(PRESETS["fast_rcnn"])[question]
    for n, count in ((57, 7), (3, 5), (64, 14)):
        which = cases["cells"][(count - 1) * 64 + n - 1]
        value = asked[count - 1, n - 1]
        assert cases["values"][which] == (value if value < np.inf else None)
        assert cases["told"][which] == told(question, value, Text("en"))


def test_a_case_that_the_browser_names_on_the_map_of_sizes_is_put_on_the_desk():
    desk = Desk(preset_exercise("7x5-in-2x2"))
    cells, count = as_case([57, 7])
    assert with_case(desk.exercise, cells, count).output_size == (7, 7)
    for forged in ([60, 1000], [0, 7], [57, 0], [-1, 7], ["57", 7], [57.0, 7], [57], None, {}):
        assert as_case(forged) is None


@pytest.mark.parametrize("page", ["detector", "speed"])
def test_a_page_without_a_stage_keeps_the_chosen_language_in_its_address(page):
    app = run(page, "zh")
    assert app.query_params["lang"] == "zh"
    assert "lang" not in run(page, "en").query_params
