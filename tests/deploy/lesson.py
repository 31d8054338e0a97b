"""What a reader does in a lesson, through the proxy: everything that belongs to one process."""

from io import BytesIO, StringIO
from random import Random
from typing import Any

import numpy as np

from app.text import strings
from deploy.upstreams import COOKIE
from tests.hostile.uploads import upload
from tests.load.crowd import Noted
from tests.load.downloads import made
from tests.load.reader import NoAnswerError, Reader
from tests.load.visit import Visit, WrongAnswerError

PAGE = "playground"
THINGS = ("box", "rows", "cell")


class Pupil:
    """One reader of the playground.

    Attributes
    ----------
    at : the process where the cookie says that the reader is, from 0 on
    """

    def __init__(self, url: str, n: int, noted: Noted) -> None:
        self.reader, self.noted, self._url = Reader(url, patience=60), noted, url
        self.random = Random(n)
        self.visit = Visit(self.reader, self.random, noted.note, (PAGE,), THINGS)

    @property
    def at(self) -> int:
        return int(self.reader.line.cookies[COOKIE].partition(".")[0][1:]) - 1

    @property
    def data(self) -> dict[str, Any]:
        """What the stage was sent."""
        return self.reader.page.data(f"{PAGE}.stage")

    @property
    def exercise(self) -> tuple[Any, ...]:
        """What is on the stage."""
        data = self.data
        return data["outputSize"], data["cells"], [box["numbers"] for box in data["boxes"]]

    @property
    def address(self) -> str:
        """The query of the page's address, as the stage keeps it."""
        return f"x={self.data['link']['code']}"

    async def come(self) -> None:
        """Open the page as a browser does: its document, which says where, and then the rest."""
        document = await self.reader.line.get(f"/{PAGE}")
        if document.status != 200:
            raise WrongAnswerError(f"the document came with {document.status}")
        await self.visit.begin()

    async def edit(self) -> None:
        """Each thing once."""
        for thing in THINGS:
            await getattr(self.visit, thing)()

    async def edit_once(self) -> None:
        """One thing, whichever."""
        await self.visit.act()

    async def hand_in(self) -> None:
        """A map from a file of one's own."""
        kind = strings("en")["controls.map.kind.file"]
        await self.reader.set(f"{PAGE}.map.kind", kind)
        map_ = np.array([[self.random.randrange(1000) / 8 for _ in range(8)] for _ in range(8)])
        file = BytesIO()
        np.save(file, map_)
        self.right(await upload(self.reader, f"{PAGE}.map.file", "map.npy", file.getvalue()))
        if self.data["cells"] != map_.ravel().tolist():
            raise WrongAnswerError("the map is not that of the file")

    async def take_away(self) -> None:
        """The map's numbers, as a file that is made when it is asked for."""
        await self.reader.set(f"{PAGE}.export", True)
        got = await self.reader.line.get(await made(self.reader, f"{PAGE}.export.numbers.map"))
        await self.reader.set(f"{PAGE}.export", False)
        if got.status != 200:
            raise WrongAnswerError(f"the download came with {got.status}")
        numbers = np.loadtxt(StringIO(got.body.decode()), delimiter=",")
        if numbers.ravel().tolist() != self.data["cells"]:
            raise WrongAnswerError("what was taken away is not what stands there")

    async def hand_on(self) -> None:
        """Somebody else, wherever they come to, opens the address."""
        async with Reader(self._url, patience=60) as other:
            await other.line.get(f"/{PAGE}")
            self.right(await other.open(PAGE, self.address))
            if other.page.data(f"{PAGE}.stage")["cells"] != self.data["cells"]:
                raise WrongAnswerError("the link shows something else")

    async def come_back(self) -> None:
        """Connect again with the address of the page, as a browser whose line is cut."""
        address = self.address
        await self.reader.close()
        self.right(await self.reader.open(PAGE, address))

    def right(self, answer) -> None:
        if answer.exceptions:
            raise WrongAnswerError(answer.exceptions[0])

    async def doing(self, *names: str) -> bool:
        """Do things one after the other; what goes wrong is noted. Whether all went well."""
        for name in names:
            try:
                await getattr(self, name)()
            except NoAnswerError as error:
                self.noted.dropped.append(f"{name}: {error}")
                return False
            except (WrongAnswerError, OSError, KeyError) as error:
                self.noted.wrong.append(f"{name}: {error!r}")
                return False
        return True
