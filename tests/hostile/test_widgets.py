"""What a widget sends is looked up in what was offered, and nothing else is taken."""

import asyncio

import pytest

from tests import sampling
from tests.load.reader import NoAnswerError, Reader

from . import forged
from .pages import PAGES, exercise, path_of, recovers, word
from .watch import ENOUGH, LIMIT, harmless, watched, weighed, within_limit


@pytest.mark.sampled(4)
@pytest.mark.parametrize("stride", forged.STRIDES)
def test_a_stride_that_was_not_offered_is_not_taken(server, stride):
    async def attack():
        async with watched(server) as seen, Reader(server.url, patience=LIMIT) as reader:
            await reader.open("pixels")
            before = exercise(reader, "pixels")["stride"]
            await within_limit(reader.set("pixels.stride", stride), seen, f"stride {stride}")
            seen.wrong += await recovers(reader, "pixels")
            if not seen.wrong and exercise(reader, "pixels")["stride"] != before:
                seen.wrong.append(f"stride {stride} was taken")
        return seen.verdict()

    harmless(asyncio.run(attack()))


def case_of(reader):
    """The boxes and the columns of the output: what a click sets, and an honest one does not."""
    there = exercise(reader, "sizes")
    return [box["numbers"] for box in there["boxes"]], there["outputSize"][1]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("selection", forged.SELECTIONS, ids=range(len(forged.SELECTIONS)))
def test_a_click_beside_the_heat_map_loads_no_case(server, selection):
    async def attack():
        async with weighed(server) as seen, Reader(server.url, patience=LIMIT) as reader:
            await reader.open("sizes")
            before = case_of(reader)
            await within_limit(reader.set("sizes.chart", selection), seen, "the click")
            seen.wrong += await recovers(reader, "sizes")
            if not seen.wrong and case_of(reader) != before:
                seen.wrong.append("the case was taken")
        return seen.verdict()

    harmless(asyncio.run(attack()))


def test_others_do_not_wait_for_a_click_far_beside_the_heat_map(server):
    async def attack():
        async with watched(server) as seen, Reader(server.url, patience=LIMIT) as reader:
            await reader.open("sizes")
            doing = reader.set("sizes.chart", forged.clicked({"x": 60, "y": 1000}))
            await within_limit(doing, seen, "the click")
        return seen.verdict()

    harmless(asyncio.run(attack()))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_works_after_values_that_its_widgets_do_not_offer(server, page):
    async def attack():
        async with weighed(server) as seen:
            async with Reader(server.url, patience=LIMIT) as reader:
                await open_all(reader, page)
                kinds = {
                    key: widget.DESCRIPTOR.name
                    for key, widget in sorted(reader.page.widgets().items())
                    if widget.DESCRIPTOR.name in forged.VALUES and not key.endswith(forged.ENDS)
                }
            for turn, (key, kind) in enumerate(kinds.items()):
                if len(seen.wrong) >= ENOUGH:
                    seen.wrong.append(f"{key} and what follows was not tried")
                    break
                # Widgets of a kind are read by the same code: together they are told all values.
                values = sampling.of(forged.VALUES[kind], 5, turn)
                if await forge(server, page, key, values):
                    # Which of them it was.
                    for value in values:
                        seen.wrong += await forge(server, page, key, (value,))
        assert kinds
        return seen.verdict()

    harmless(asyncio.run(attack()))


async def open_all(reader, page):
    """Open a page and all that is closed on it, whose widgets are only sent then."""
    await reader.open(path_of(page))
    closed = [key for key, one in reader.page.widgets().items() if one.DESCRIPTOR.name == "Block"]
    for key in closed:
        reader.put(key, True)
    if closed:
        await reader.run()


async def forge(server, page, key, values):
    """What is wrong with a page after forged values of a widget, one after the other."""
    async with Reader(server.url, patience=LIMIT) as reader:
        await open_all(reader, page)
        try:
            for value in values:
                if key in reader.page.widgets():
                    await reader.set(key, value)
            broken = await recovers(reader, page)
        except NoAnswerError as error:
            broken = [str(error)]
    return [f"{key} = {str(values)[:40]}: {one}" for one in broken]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("page", PAGES)
def test_a_label_of_the_language_that_was_just_left_breaks_nothing(server, page):
    async def attack():
        async with weighed(server) as seen:
            async with Reader(server.url, patience=LIMIT) as reader:
                await open_all(reader, page)
                labels = list(choices(reader))
            assert labels
            for key, value in sampling.of(labels, 3, PAGES.index(page)):
                seen.wrong += await leave(server, page, key, value)
        return seen.verdict()

    harmless(asyncio.run(attack()))


def choices(reader):
    """What a reader can choose on a page, but for the language: each widget's last label."""
    for key, widget in sorted(reader.page.widgets().items()):
        kind = widget.DESCRIPTOR.name
        if kind == "Selectbox":
            yield key, list(widget.options)[-1]
        elif kind == "ButtonGroup" and key != "language.switch":
            yield key, [widget.options[-1].content]


async def leave(server, page, key, value):
    """Change the language and choose something before the answer; what is wrong after it."""
    async with Reader(server.url, patience=LIMIT) as reader:
        await open_all(reader, page)
        reader.put("language.switch", ["简体中文"])
        # The second message is on its way before the first is answered, and each has a run.
        first = reader.message()
        reader.put("language.switch", ["简体中文"])
        reader.put(key, value)
        second = reader.message()
        try:
            for message in (first, second):
                await reader.send(message)
                await reader.begun()
            await reader.finished()
            broken = await recovers_in_chinese(reader, page)
        except NoAnswerError as error:
            broken = [str(error)]
        return [f"{key} = {value} while the language changes: {one}" for one in broken]


async def recovers_in_chinese(reader, page):
    """Back to English, where the page must work again, wherever its labels were left."""
    if shown := reader.page.exceptions():
        return [f"{page} shows {shown[0][:200]}"]
    if "language.switch" not in reader.page.widgets():
        return ["there is no language to be chosen any more"]
    await reader.set("language.switch", ["English"])
    return await recovers(reader, page)


def test_the_exports_keep_a_step_and_not_its_label(server):
    async def attack():
        async with Reader(server.url, patience=LIMIT) as reader:
            await reader.open()
            await reader.set("replay.export", True)
            step = word("story.maxima.title")
            assert step in reader.widget("replay.export.step").options
        return await leave(server, "replay", "replay.export.step", step)

    harmless(asyncio.run(attack()))
