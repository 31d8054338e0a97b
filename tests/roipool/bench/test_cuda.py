"""The bench on a card, by a stand-in that computes with NumPy."""

from contextlib import nullcontext
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest

from roipool.bench import cpu, cuda, on_card
from roipool.bench.cases import CASES, make_inputs
from roipool.bench.compare import difference
from roipool.bench.peers import CALL
from tests.roipool.bench.runs import TINY


class FakeStream(nullcontext):
    ptr = 0

    def synchronize(self):
        pass

    def begin_capture(self):
        raise RuntimeError("operation not permitted when stream is capturing\nmore")

    def end_capture(self):
        raise AssertionError("nothing was begun")


@pytest.fixture
def fake_card(monkeypatch):
    """A card without graphs whose every event is a millisecond after the last."""
    milliseconds = count()

    class Event:
        def record(self, stream):
            self.at = next(milliseconds)

        def synchronize(self):
            pass

    cupy = SimpleNamespace(
        __version__="0",
        array=np.array,
        asarray=np.asarray,
        asnumpy=np.asarray,
        cuda=SimpleNamespace(
            Device=lambda: SimpleNamespace(id=0),
            runtime=SimpleNamespace(getDeviceProperties=lambda device: {"l2CacheSize": 400}),
            Event=Event,
            get_elapsed_time=lambda start, stop: stop.at - start.at,
            MemoryPool=lambda: SimpleNamespace(malloc=None),
            using_allocator=lambda malloc: nullcontext(),
        ),
    )
    monkeypatch.setattr(on_card, "card", lambda: on_card.Card("a card", cupy, FakeStream()))
    monkeypatch.setattr(
        cuda, "library_calls", lambda *arrays: cpu.library_calls(*arrays[:-1], "numpy")
    )


def test_on_a_card_inputs_are_rotated_and_events_timed(fake_card, capsys):
    inputs = make_inputs(CASES[TINY])
    works = cuda.find_cupy().prepare(inputs)
    assert [(work.operation, work.how) for work in works] == [
        ("values", CALL),
        ("argmax", CALL),
        ("backward", CALL),
    ]
    for work in works:
        assert difference(work.read(work.call()), inputs.expected) is None
        assert work.run(3) == pytest.approx(1e-3)
    said = capsys.readouterr().err
    assert said.startswith("cupy values cannot be recorded in a graph: operation not permitted")
    assert "more" not in said


def test_copies_of_the_inputs_outgrow_the_cache(fake_card):
    inputs = make_inputs(CASES[TINY])
    copies = list(cuda._DeviceInputs.of(inputs).rotated())
    # Of a cache of 400 bytes three times: maps are 256 bytes, gradients and argmax together 32.
    assert len(copies) == 38
    sizes = [5, 38, 38]
    assert [len({id(array) for array in arrays}) for arrays in zip(*copies, strict=True)] == sizes
