import assert from "node:assert/strict";
import { test } from "node:test";
import { createRest } from "../../../assets/figures/common/rest.js";

function held({ mock }) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const [model, root, commit] = [{}, new EventTarget(), mock.fn()];
  return { model, root, rest: createRest(model, root, commit), sent: () => commit.mock.callCount(), wait: (ms) => mock.timers.tick(ms) };
}

test("a held key is one edit, a quarter of a second after it has come to rest", (t) => {
  const { model, rest, sent, wait } = held(t);
  for (let k = 0; k < 5; k += 1) {
    rest.soon();
    wait(200);
  }
  assert.deepEqual([model.resting, sent()], [true, 0]);
  wait(50);
  assert.equal(sent(), 1);
  wait(1000);
  assert.equal(sent(), 1);
});

test("whoever leaves does not wait, and nothing is sent twice", (t) => {
  const { root, rest, sent, wait } = held(t);
  rest.soon();
  root.dispatchEvent(new Event("focusout"));
  assert.equal(sent(), 1);
  rest.flush();
  wait(1000);
  assert.equal(sent(), 1);
});

test("one that is gone sends nothing more", (t) => {
  const { rest, sent, wait } = held(t);
  rest.soon();
  rest.destroy();
  wait(1000);
  assert.equal(sent(), 0);
});
