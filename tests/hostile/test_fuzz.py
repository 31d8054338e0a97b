"""Messages that no browser sends leave no traceback of ours, and tell nobody where files lie."""

import asyncio

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests import sampling
from tests.server import ROOT

from .fuzz import fuzz
from .traces import our_tracebacks, paths_in
from .watch import harmless, weighed

# Of two readers.
MESSAGES = 2 * sampling.examples(250)


def test_mutated_messages_are_ignored(server):
    before = server.log.stat().st_size

    async def attack():
        async with weighed(server) as seen:
            fuzzers = await fuzz(server, MESSAGES, seed=0)
        traces = our_tracebacks(server.log, before)
        seen.wrong += [f"{count} times {what}" for what, count in traces.most_common()]
        told = [line for fuzzer in fuzzers for line in fuzzer.told_paths]
        if told:
            seen.wrong.append(f"{len(told)} lines told where files lie, as {told[0][:100]}")
        sent = sum(fuzzer.sent for fuzzer in fuzzers)
        if sent < MESSAGES:
            seen.wrong.append(f"after {sent} messages the server was no more")
        return seen.verdict()

    harmless(asyncio.run(attack()))


LOG = f"""\
2026-11-29 12:00:00.000 Uncaught app execution
Traceback (most recent call last):
  File "/elsewhere/site-packages/streamlit/run.py", line 1, in run
    code()
  File "{ROOT}/app/desk.py", line 60, in take
    int("a")
    ^^^^^^^^
ValueError: no number
something else
Traceback (most recent call last):
  File "/elsewhere/site-packages/streamlit/run.py", line 2, in run
    close()
OSError: closed
"""


def test_a_traceback_is_ours_if_it_goes_through_our_files(tmp_path):
    log = tmp_path / "server.log"
    log.write_text(LOG + LOG)
    what = 'ValueError: no number, File "app/desk.py", line 60, in take'
    assert our_tracebacks(log) == {what: 2}
    assert our_tracebacks(log, since=len(LOG)) == {what: 1}


def test_a_message_with_a_stack_tells_where_files_lie():
    message = ForwardMsg()
    message.delta.new_element.exception.message = "no number"
    assert paths_in(message) == []
    message.delta.new_element.exception.stack_trace.append(f'File "{ROOT}/app/desk.py", line 60')
    assert len(paths_in(message)) == 1
