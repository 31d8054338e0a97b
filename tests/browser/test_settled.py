"""What a page shows of what is still to come, so that a reader can wait for it."""

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from .settled import Questions

BEHIND = "data-address-behind"
# Which marks and values change on the page and in a figure, in their order.
RECORD = """(stage) => {
  window.changes = [];
  const note = (changes) => changes.forEach(({attributeName, target}) =>
    window.changes.push([attributeName, target.getAttribute(attributeName)]));
  const attributeFilter = ["data-unpainted", "data-scene", "data-address-behind"];
  const seen = new MutationObserver(note);
  seen.observe(stage.getRootNode(), { attributeFilter, subtree: true });
  seen.observe(document.documentElement, { attributeFilter });
}"""


def test_a_figure_is_marked_from_the_asking_until_it_is_painted(replay):
    replay.root.record(RECORD)
    replay.next.click()
    assert replay.scene() == "proposal"
    changes = [change for change in replay.recorded("changes") if change[0] != BEHIND]
    assert changes[:3] == [
        ["data-unpainted", ""],
        ["data-scene", "proposal"],
        ["data-unpainted", None],
    ]


def test_the_document_is_marked_while_the_address_is_behind(replay):
    assert "at=" not in replay.address()
    replay.root.record(RECORD)
    replay.next.click()
    assert "at=1" in replay.address()
    marks = [value for name, value in replay.recorded("changes") if name == BEHIND]
    assert marks[0] == ""
    assert None in marks


def asked():
    """Questions of which one has been put."""
    question = BackMsg()
    question.rerun_script.SetInParent()
    questions = Questions()
    questions.sent(question.SerializeToString())
    return questions


def begun():
    message = ForwardMsg()
    message.new_session.SetInParent()
    return message.SerializeToString()


def finished(status=ForwardMsg.FINISHED_SUCCESSFULLY):
    return ForwardMsg(script_finished=status).SerializeToString()


def test_a_question_is_open_until_a_run_that_began_after_it_is_through():
    questions = asked()
    for message, is_open in ((finished(), True), (begun(), True), (finished(), False)):
        questions.received(message)
        assert questions.open == is_open


def test_a_run_that_is_broken_off_for_another_is_no_answer():
    questions = asked()
    early = finished(ForwardMsg.FINISHED_EARLY_FOR_RERUN)
    for message, is_open in ((begun(), True), (early, True), (begun(), True), (finished(), False)):
        questions.received(message)
        assert questions.open == is_open
