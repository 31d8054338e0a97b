import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted } from "../../../assets/figures/common/mount.js";
import { put } from "../../../assets/figures/common/looks.js";
import { openPage } from "../page.mjs";

// What Streamlit does with a component that two answers reach one upon the other, as its frontend was
// seen to: the cleanup of the call that was overtaken comes though the component stays.

// A component that notes what becomes of its figures, and the place it is mounted in.
function noted() {
  openPage();
  const notes = [];
  const component = mounted((root, data) => {
    notes.push(`made ${data}`);
    return { update: (data) => notes.push(`told ${data}`), destroy: () => notes.push("destroyed") };
  });
  return { notes, component, parentElement: { isConnected: true, getRootNode: () => ({}), setAttribute() {}, querySelector: () => ({ classList: { toggle() {} } }) } };
}

test("a figure is made once and told of new data", () => {
  const { notes, component, parentElement } = noted();
  component({ parentElement, data: 1 });
  component({ parentElement, data: 2 });
  assert.deepEqual(notes, ["made 1", "told 1", "told 2"]);
});

test("a call that another has overtaken is cleaned up, and the figure stays", () => {
  const { notes, component, parentElement } = noted();
  component({ parentElement, data: 1 });
  const overtaken = component({ parentElement, data: 2 });
  overtaken();
  component({ parentElement, data: 3 });
  assert.deepEqual(notes, ["made 1", "told 1", "told 2", "told 3"]);
});

test("what has left the page is destroyed, once, and made anew where it comes back", () => {
  const { notes, component, parentElement } = noted();
  const first = component({ parentElement, data: 1 });
  const last = component({ parentElement, data: 2 });
  parentElement.isConnected = false;
  last();
  first();
  parentElement.isConnected = true;
  component({ parentElement, data: 3 });
  assert.deepEqual(notes, ["made 1", "told 1", "told 2", "destroyed", "made 3", "told 3"]);
});

test("Python is told when the answer is hidden, as often as it believes otherwise", () => {
  const { component, parentElement } = noted();
  const told = [];
  const setStateValue = (...one) => told.push(one);
  component({ parentElement, data: { hidden: false }, setStateValue });
  assert.deepEqual(told, []);
  put("hide", true);
  assert.deepEqual(told, [["hide", [true, 1]]]);
  component({ parentElement, data: { hidden: false }, setStateValue });
  component({ parentElement, data: { hidden: true }, setStateValue });
  assert.deepEqual(told.slice(1), [["hide", [true, 2]]]);
});
