"""Desks that messages are sent to."""

from app.exercise.desk import Desk
from app.exercise.record import article_exercise

ARTICLE = article_exercise()


def desk_of(exercise=ARTICLE):
    return Desk(exercise, session=7)
