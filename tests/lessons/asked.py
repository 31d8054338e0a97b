"""The questions that the tests of this folder ask: of every lesson, over seeds."""

from functools import lru_cache

from app.lessons.lesson import lessons
from app.lessons.place import question_of
from tests.sampling import SAMPLING

EVERY = [
    (lesson, k)
    for lesson in lessons()
    for k, step in enumerate(lesson.steps, 1)
    if step.ask is not None
]
"""(lesson, step) of every question there is."""
NAMES = [f"{lesson.name}.{lesson.steps[k - 1].key}" for lesson, k in EVERY]


def seeds(lesson, step):
    """A few of a question, always the same; with --exhaustive so many that a lesson has 1,000."""
    if lesson.steps[step - 1].model.map is None:
        return range(1)  # the article's, whatever the seed
    if SAMPLING.exhaustive:
        return range(1000 // sum(of is lesson for of, _ in EVERY) + 1)
    return range(SAMPLING.seed, SAMPLING.seed + 2)


# Making an instance is most of the work, and every test asks for the same ones.
@lru_cache(maxsize=512)
def question(lesson, step, seed):
    return question_of(lesson.number, step, seed)


def questions(lesson, step):
    for seed in seeds(lesson, step):
        yield question(lesson, step, seed)
