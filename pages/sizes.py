"""Sizes."""

from app import backend, controls, opening, stage
from app.exercise import article_exercise

NAME = "sizes"

text = controls.current_text()
opening.open_desk(NAME, article_exercise)

computed_by = backend.place()
opening.say_problem(NAME, text)
stage.show(NAME, text, panel="boxes")
with computed_by:
    backend.show(NAME, text)
