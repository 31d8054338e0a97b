"""What a widget answers is taken only if it was offered; tests/hostile forges labels."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
OURS = ROOT / "app" / "widgets" / "choosing.py"
LOOKED_AT = {
    "selectbox",
    "segmented_control",
    "pills",
    "radio",
    "multiselect",
    "number_input",
    "slider",
    "select_slider",
    "text_input",
    "date_input",
}


def widgets_of(source):
    """The widgets of a choice or a number that a module calls by itself."""
    return {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in LOOKED_AT
    }


def test_no_module_asks_a_widget_by_itself():
    assert widgets_of("st.selectbox('a', [1])\nplace.number_input('b')") == {
        "selectbox",
        "number_input",
    }
    modules = [*(ROOT / "app").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    asking = {path: widgets_of(path.read_text("utf-8")) for path in modules if path != OURS}
    assert {path.name: found for path, found in asking.items() if found} == {}


def page():
    import streamlit as st

    from app.widgets.choosing import choice, kept_choice, number, several

    state = st.session_state
    state.setdefault("chosen", 4)
    state.setdefault("typed", 7)

    def put(name):
        return lambda value: state.__setitem__(name, value)

    choice(
        "selectbox",
        "Stride",
        range(4, 33),
        key="stride",
        now=state.chosen,
        put=put("chosen"),
        words="{} px".format,
    )
    kept_choice("segmented_control", "View", ["a", "b"], key="view", start="a", words=str.upper)
    several("Skills", ["cut", "pick"], key="skills", words=str.upper)
    number("Rows", 1, 14, key="rows", now=state.typed, put=put("typed"))


@pytest.fixture
def app():
    return AppTest.from_function(page).run()


def test_what_is_offered_is_taken_as_its_value(app):
    app.selectbox(key="stride").set_value(16).run()
    assert app.session_state["chosen"] == 16
    app.button_group(key="view").set_value("b").run()
    assert app.session_state["view.kept"] == "b"
    app.number_input(key="rows").set_value(14).run()
    assert app.session_state["typed"] == 14


def test_of_several_all_are_chosen_at_first_and_what_is_forged_changes_nothing(app):
    pills = app.button_group(key="skills")
    assert pills.value == ["cut", "pick"]
    pills.set_value(["pick"]).run()
    assert app.session_state["skills.kept"] == ["pick"]
    app.run()
    assert app.button_group(key="skills").value == ["pick"]


@pytest.mark.parametrize("forged", [0, 15, 10**9, -1])
def test_a_number_beyond_its_range_changes_nothing(app, forged):
    app.number_input(key="rows").set_value(forged).run()
    assert not app.exception
    assert 1 <= app.session_state["typed"] <= 14
