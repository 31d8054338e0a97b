"""What a figure sends is read with care: what is malformed is ignored, and the page goes on."""

import asyncio

import pytest

from tests import sampling
from tests.load.reader import NoAnswerError, Reader

from . import forged
from .pages import STAGES, exercise, path_of, recovers
from .watch import ENOUGH, LIMIT, harmless, weighed


async def try_all(server, page, values, tell):
    """What is wrong after each value that is told, on a page that worked before."""
    wrong, reader = [], None
    for value in values:
        if reader is None:
            reader = Reader(server.url, patience=LIMIT)
            await reader.open(path_of(page))
        said = str(value).replace("0" * 100, "…")[:120]
        try:
            await tell(reader, value)
            shown = [f"it shows {one[:120]}" for one in reader.page.exceptions()]
            broken = await recovers(reader, page) or shown
        except NoAnswerError as error:
            broken = [str(error)]
        if broken:
            wrong.append(f"{said}: {broken[0]}")
            await reader.close()
            reader = None
        if len(wrong) == ENOUGH:
            return [*wrong, "the rest was not tried"]
    if reader:
        await reader.close()
    return wrong


@pytest.mark.sampled(2)
@pytest.mark.parametrize("page", STAGES)
def test_malformed_edits_of_a_stage_are_ignored(server, page):
    async def tell(reader, edit):
        seq = exercise(reader, page)["ack"] + 1
        await reader.set(STAGES[page], {"edit": forged.numbered(edit, seq)})

    async def attack():
        async with weighed(server) as seen:
            # One code reads the edits of all pages: together they are told all of them.
            edits = sampling.of(forged.EDITS, len(STAGES), list(STAGES).index(page))
            seen.wrong += await try_all(server, page, edits, tell)
        return seen.verdict()

    harmless(asyncio.run(attack()))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("page", STAGES)
def test_a_figure_s_state_that_is_no_state_is_ignored(server, page):
    async def tell(reader, state):
        await reader.set(STAGES[page], state)

    states = ("no JSON", "5", "[]", "null", '{"edit": NaN}', '{"other": 1}', "[" * 100_000)
    states = sampling.of(states, 3, list(STAGES).index(page))
    harmless(asyncio.run(try_all(server, page, states, tell)))


def test_malformed_choices_of_a_convention_are_ignored(server):
    async def tell(reader, name):
        await reader.trigger("conventions.multiples", "reference", name)

    harmless(asyncio.run(try_all(server, "conventions", forged.REFERENCES, tell)))


def test_malformed_looks_into_the_detector_are_ignored(server):
    async def tell(reader, look):
        await reader.trigger("detector.figure", "open", look)

    harmless(asyncio.run(try_all(server, "detector", forged.LOOKS, tell)))
