import assert from "node:assert/strict";
import { test } from "node:test";
import { forget, isAcknowledged, note, receive, restored, unanswered } from "../../../assets/figures/common/unanswered.js";

const answer = (ack, others = {}) => ({ ack, session: "a", epoch: 0, ...others });

function begun(ack = 0) {
  const model = { ...unanswered(), data: null };
  receive(model, answer(ack), null);
  return model;
}

const pending = (model) => model.pending.map(({ seq, what }) => [seq, what]);

test("a change is pending under its number until an answer names it or a later one", () => {
  const model = begun(4);
  for (const what of ["one", "two", "three"]) note(model, { what });
  assert.deepEqual(pending(model), [[5, "one"], [6, "two"], [7, "three"]]);
  assert.equal(isAcknowledged(model), false);
  assert.equal(receive(model, answer(6), null), false);
  assert.deepEqual(pending(model), [[7, "three"]]);
  assert.equal(isAcknowledged(model), false);
  receive(model, answer(7), null);
  assert.deepEqual(pending(model), []);
  assert.equal(isAcknowledged(model), true);
});

test("the first answer and one that was put back are new beginnings, of which nothing is pending", () => {
  const model = { ...unanswered(), data: null };
  assert.equal(receive(model, answer(3), null), true);
  note(model, { what: "late" });
  assert.equal(receive(model, answer(3, { epoch: 1 }), null), true);
  assert.deepEqual([pending(model), model.seq, isAcknowledged(model)], [[], 3, true]);
  note(model, { what: "next" });
  assert.deepEqual(pending(model), [[4, "next"]]);
});

test("what is held down is not acknowledged until it is noted and answered", () => {
  const model = begun();
  model.resting = true;
  assert.equal(isAcknowledged(model), false);
  note(model, {});
  assert.equal(model.resting, false);
  receive(model, answer(1), null);
  assert.equal(isAcknowledged(model), true);
});

test("another session is first told what was on screen, then the changes after it, from its own number on", () => {
  const model = begun(7);
  note(model, { what: "one" });
  note(model, { what: "two" });
  assert.equal(receive(model, answer(2, { session: "b", rows: 9 }), () => ({ restore: "code" })), false);
  assert.deepEqual(model.pending, [{ restore: "code", seq: 3 }, { what: "one", seq: 4 }, { what: "two", seq: 5 }]);
  // Until then what the other one has is not shown.
  assert.deepEqual(model.data, { ...answer(2), session: "b" });
  note(model, { what: "three" });
  receive(model, answer(4, { session: "b", rows: 9 }), null);
  assert.deepEqual(model.data, answer(4, { session: "b", rows: 9 }));
  assert.deepEqual(pending(model), [[5, "two"], [6, "three"]]);
});

test("where that session is lost too, the third is told once and not twice", () => {
  const model = begun();
  note(model, { what: "one" });
  receive(model, answer(0, { session: "b" }), () => ({ restore: "first" }));
  receive(model, answer(5, { session: "c" }), () => ({ restore: "second" }));
  assert.deepEqual(model.pending, [{ restore: "second", seq: 6 }, { what: "one", seq: 7 }]);
});

test("what is forgotten is not asked for again", () => {
  const model = begun(2);
  note(model, { what: "one" });
  forget(model);
  assert.deepEqual([model.pending, model.seq, isAcknowledged(model)], [[], 2, true]);
});

test("a map that fits a link is restored by its code, another by the code of the rest and its cells", () => {
  assert.deepEqual(restored({ link: { code: "all", frame: null }, cols: 2 }, [1, 2]), { restore: "all" });
  assert.deepEqual(restored({ link: { code: null, frame: "rest" }, cols: 2 }, [5, 6, 7, 8]), {
    restore: "rest",
    cells: [[0, 0, 5], [0, 1, 6], [1, 0, 7], [1, 1, 8]],
    plane: [0, 0],
  });
});
