"""Pictures and arrays that people hand in: small files that take a server's time or memory."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

import pytest

from tests.load.reader import Reader

from . import pictures
from .pages import recovers, word
from .uploads import handed_in, take_back, upload
from .watch import LIMIT, harmless, watched, within_limit


async def at_the_playground(reader):
    """Open it where files are handed in; the key of the widget."""
    await reader.open("playground")
    await reader.set("playground.map.kind", word("controls.map.kind.file"))
    return "playground.map.file"


async def at_the_detector(reader):
    """Open it where a picture is handed in; the key of the widget."""
    await reader.open("detector")
    await reader.set("detector.picture.switch", [word("detector.picture.own")])
    return "detector.file"


PLACES = {"playground": at_the_playground, "detector": at_the_detector}


async def hand_in(seen, page, reader, key, name, content):
    """One reader hands something in, and goes on."""
    await within_limit(upload(reader, key, name, content), seen, name)
    seen.wrong += await recovers(reader, page)


def all_at_once(server, page, name, content, readers):
    """What is wrong when so many readers, who are there already, hand something in together."""

    async def attack():
        async with AsyncExitStack() as stack:
            there = []
            for _ in range(readers):
                reader = Reader(server.url, patience=LIMIT)
                there.append(await stack.enter_async_context(reader))
                key = await PLACES[page](reader)
            async with watched(server) as seen:
                given = (hand_in(seen, page, reader, key, name, content) for reader in there)
                await asyncio.gather(*given)
        return [f"{count} times {what}" for what, count in Counter(seen.verdict()).items()]

    return asyncio.run(attack())


def test_the_pictures_are_what_they_are_called():
    assert 0.9e6 < len(pictures.many_scans()) < 1.1e6
    assert pictures.many_scans().count(b"\xff\xda") > 1000
    assert len(pictures.few_bytes()) < 2000
    assert len(pictures.twenty_megapixels()) < 5e6


@pytest.mark.sampled(2)
@pytest.mark.parametrize("page", PLACES)
def test_a_jpeg_of_many_scans_keeps_nobody(server, page):
    harmless(all_at_once(server, page, "scans.jpg", pictures.many_scans(), 1))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("page", PLACES)
def test_small_files_of_large_pictures_take_little_memory(server, page):
    harmless(all_at_once(server, page, "small.webp", pictures.few_bytes(), 12))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("page", PLACES)
def test_twenty_readers_with_large_photographs_keep_nobody(server, page):
    harmless(all_at_once(server, page, "photo.jpg", pictures.twenty_megapixels(), 20))


def test_an_npy_with_truth_values_for_its_shape_is_refused_in_words(server):
    async def attack():
        async with Reader(server.url, patience=LIMIT) as reader:
            key = await at_the_playground(reader)
            answer = await upload(reader, key, "truth.npy", pictures.truth_shaped_npy())
            said = [] if reader.page.elements("alert") else ["nothing was said of the file"]
            return [*answer.exceptions, *said, *await recovers(reader, "playground")]

    harmless(asyncio.run(attack()))


@pytest.mark.parametrize("page", PLACES)
def test_a_file_that_is_gone_meanwhile_breaks_nothing(server, page):
    async def attack():
        async with Reader(server.url, patience=LIMIT) as reader:
            key = await PLACES[page](reader)
            state = await handed_in(reader, "photo.png", pictures.harmless())
            await take_back(reader, state)
            answer = await reader.set(key, state)
            return [*answer.exceptions, *await recovers(reader, page)]

    harmless(asyncio.run(attack()))


def test_a_file_that_is_gone_after_it_was_read_breaks_nothing(server):
    async def attack():
        async with Reader(server.url, patience=LIMIT) as reader:
            key = await at_the_playground(reader)
            state = await handed_in(reader, "photo.png", pictures.harmless())
            wrong = [*(await reader.set(key, state)).exceptions]
            await take_back(reader, state)
            # The browser still believes that the file is there, and says so each time.
            reader.put(key, state)
            kernels = list(reader.widget(f"{key}.kernel").options)
            wrong += (await reader.set(f"{key}.kernel", [kernels[-1].content])).exceptions
            return [*wrong, *await recovers(reader, "playground")]

    harmless(asyncio.run(attack()))
