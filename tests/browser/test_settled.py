"""What a page shows of what is still to come, so that a reader can wait for it."""

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
    replay.root.record(RECORD)
    before = replay.step()
    replay.next.click()
    assert f"at={before + 1}" in replay.address()
    marks = [value for name, value in replay.recorded("changes") if name == BEHIND]
    assert marks[0] == ""
    assert marks[-1] is None
