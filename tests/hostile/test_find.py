"""*Which one made this?* tries everything on what was pasted, but nothing that takes minutes."""

import asyncio

import numpy as np
import pytest

from tests.load.reader import Reader

from .pages import recovers, word
from .watch import LIMIT, harmless, idle, watched, within_limit

FORM = "conventions.identify"
BOXES, BINS, SIDE = 2000, 7, 250


def printed(array):
    """Numbers as somebody pastes them, in as few characters as they take."""
    rows = array.reshape(-1, array.shape[-1]).tolist()
    return "\n".join(",".join(f"{value:g}" for value in row) for row in rows)


def boxes(farthest):
    """Boxes with corners all over a square."""
    corners = np.sort(np.random.default_rng(1).uniform(0, farthest, (BOXES, 2, 2)), axis=1)
    return corners.reshape(BOXES, 4).round(1)


def zeros_to_the_last():
    """An output that everything explains on a map of zeros, but for its last value."""
    output = np.zeros((BOXES * BINS, BINS))
    output[-1, -1] = 1
    return output


def nothing_but_nan():
    """Nothing differs from anything, so nothing is ruled out."""
    return np.full((SIDE, SIDE), np.nan), boxes(SIDE), np.full((BOXES * BINS, BINS), np.nan)


def one_value_at_the_end():
    """What is ruled out is so by the last value of the last box."""
    return np.zeros((SIDE, SIDE)), boxes(SIDE), zeros_to_the_last()


def far_boxes():
    """RoIAlign's adaptive grid has as many samples as the boxes have cells, on the map or not."""
    return np.zeros((8, 8)), boxes(9999), zeros_to_the_last()


HEAVY = {"nan": nothing_but_nan, "last": one_value_at_the_end, "far": far_boxes}


async def filled_in(reader, fields):
    """Open the form and put text into its fields."""
    await reader.open("conventions")
    await reader.set("conventions.view.switch", [word("conventions.view.identify")])
    for name, text in fields.items():
        reader.put(f"{FORM}.{name}", text)


def fields_of(case):
    return dict(zip(("map", "boxes", "output"), map(printed, HEAVY[case]()), strict=True))


async def back_to_compare(reader):
    """The next honest click: the other part of the page, and there the output's rows."""
    await reader.set("conventions.view.switch", [word("conventions.view.compare")])
    return await recovers(reader, "conventions")


@pytest.mark.sampled(4)
@pytest.mark.parametrize("case", HEAVY)
def test_find_ends_in_time_and_keeps_nobody(server, case):
    fields = fields_of(case)
    assert sum(map(len, fields.values())) < 1_000_000

    async def attack():
        async with watched(server) as seen, Reader(server.url, patience=LIMIT) as reader:
            await filled_in(reader, fields)
            await within_limit(reader.press(f"{FORM}.find"), seen, "Find")
            if not seen.wrong:
                seen.wrong += reader.page.exceptions()
                seen.wrong += await back_to_compare(reader)
        return seen.verdict()

    harmless(asyncio.run(attack()))


def test_four_readers_who_press_find_and_leave_leave_nothing_behind(server):
    fields = fields_of("nan")

    async def press_and_leave():
        async with Reader(server.url, patience=LIMIT) as reader:
            await filled_in(reader, fields)
            reader.put(f"{FORM}.find", True)
            await reader.send(reader.message())

    async def attack():
        async with watched(server) as seen:
            await asyncio.gather(*(press_and_leave() for _ in range(4)))
        busy = await idle(server)
        if busy > 0.2:
            seen.wrong.append(f"{LIMIT} s after all had left the server took {busy:.1f} CPUs")
        return seen.verdict()

    harmless(asyncio.run(attack()))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("field", ["map", "boxes", "output"])
def test_five_megabytes_of_printed_numbers_keep_nobody(server, field):
    text = dict.fromkeys(("map", "boxes", "output"), "1 ") | {field: "1. " * 1_700_000}

    async def attack():
        async with watched(server) as seen, Reader(server.url, patience=LIMIT) as reader:
            await filled_in(reader, text)
            await within_limit(reader.press(f"{FORM}.find"), seen, "Find")
            seen.wrong += await back_to_compare(reader)
        return seen.verdict()

    harmless(asyncio.run(attack()))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("what", ["map", "boxes"])
def test_five_megabytes_pasted_at_the_playground_keep_nobody(server, what):
    key = f"playground.{what}.text"

    async def attack():
        async with watched(server) as seen, Reader(server.url, patience=LIMIT) as reader:
            await reader.open("playground")
            if what == "map":
                await reader.set("playground.map.kind", word("controls.map.kind.pasted"))
            reader.put(key, "1. " * 1_700_000)
            await within_limit(reader.press(f"{key}.use"), seen, "Use")
            seen.wrong += await recovers(reader, "playground")
        return seen.verdict()

    harmless(asyncio.run(attack()))


def test_the_form_still_finds_what_made_an_output(server):
    """The heavy cases above are refused for their weight, not because the form is broken."""
    fields = {
        name: "\n".join(" ".join(map(str, row)) for row in rows)
        for name, rows in {
            "map": [[0.1, 0.4, 0.2], [0.3, 0.9, 0.5], [0.8, 0.7, 0.6]],
            "boxes": [[0, 0, 0, 2, 2]],
            "output": [[0.1, 0.4], [0.3, 0.9]],
        }.items()
    }

    async def ask():
        async with Reader(server.url, patience=LIMIT) as reader:
            await filled_in(reader, fields)
            answer = await reader.press(f"{FORM}.find")
            tables = [one.html.body for one in reader.page.elements("html")]
            return answer.exceptions, any('class="findings"' in table for table in tables)

    assert asyncio.run(ask()) == ((), True)
