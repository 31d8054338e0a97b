"""However the server was started, and whatever is broken beside it, the app is the same."""

import asyncio

import pytest

from tests.load.reader import Reader
from tests.server import Server

from .pages import PAGES, path_of, recovers
from .uploads import handed_in
from .watch import harmless


def test_another_folder_to_start_from_is_another_folder_and_nothing_else(tmp_path):
    async def look(server):
        heard = []
        async with Reader(server.url) as reader:
            reader.heard = heard.append
            await reader.open()
            new = next(one.new_session for one in heard if one.WhichOneof("type") == "new_session")
            told = {
                "statistics": new.config.gather_usage_stats,
                "toolbar": new.config.toolbar_mode,
                "light": new.custom_theme.light.primary_color,
                "dark": new.custom_theme.dark.primary_color,
            }
            try:
                await handed_in(reader, "large.npy", bytes(5 * 1024**2 + 1))
            except OSError as error:
                told["too large"] = str(error)
        return told

    def started_from(folder):
        with Server(folder=folder) as server:
            return asyncio.run(look(server))

    at_home = started_from(None)
    assert at_home["statistics"] is False
    assert "413" in at_home["too large"]
    assert started_from(tmp_path) == at_home


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "raised", ['ValueError("numpy.dtype size changed")', 'AttributeError("no cuda")']
)
def test_a_broken_cupy_takes_no_page_down(tmp_path, raised):
    (tmp_path / "cupy").mkdir()
    (tmp_path / "cupy" / "__init__.py").write_text(f"raise {raised}\n")

    async def look(server):
        wrong = []
        for page in PAGES:
            async with Reader(server.url) as reader:
                answer = await reader.open(path_of(page))
                wrong += [f"{page} shows {one}" for one in answer.exceptions]
                wrong += await recovers(reader, page)
        return wrong

    with Server(before=(tmp_path,)) as server:
        harmless(asyncio.run(look(server)))
