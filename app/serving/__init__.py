"""The server around the script: what it sends by address, and what it is held to."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from app.serving import addresses, downloads, first_page, memory, settings
from app.serving.door import Door
from app.serving.gate import Gate
from app.serving.headers import Headers
from app.serving.promptly import send_promptly
from app.serving.sieve import Sieve

LOG = logging.getLogger("roipool")


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Before the first reader and after the last."""
    for missing in settings.missing():
        LOG.warning(missing)
    send_promptly()
    memory.share()
    downloads.keep()
    # What was made by starting stays until the end: no collection need look at it again.
    gc.collect()
    gc.freeze()
    yield


def routes() -> list[BaseRoute]:
    """What is served beside Streamlit's own."""
    settings.enforce()
    base = settings.base_path()
    return [*addresses.routes(base), *first_page.routes(base)]


def middleware() -> list[Middleware]:
    """What every answer passes."""
    return [Middleware(Headers), Middleware(Gate), Middleware(Door), Middleware(Sieve)]
