import assert from "node:assert/strict";
import { test } from "node:test";
import { isOn, put, watchKeys, watchLooks, watchSteps } from "../../../assets/figures/common/looks.js";
import { openPage, press } from "../page.mjs";

test("a page is looked at as its address says, and the address as the page is looked at", () => {
  const window = openPage("http://127.0.0.1/sizes?hide=1&x=abc");
  watchLooks(() => {});
  assert.deepEqual([isOn("hide"), isOn("present")], [true, false]);
  put("present", true);
  put("hide", false);
  assert.equal(window.location.href, "http://127.0.0.1/sizes?x=abc&present=1");
});

test("another page of the app takes the looks along", () => {
  const window = openPage("http://127.0.0.1/?hide=1");
  watchLooks(() => {});
  window.location.href = "http://127.0.0.1/sizes";
  watchLooks(() => {});
  assert.equal(window.location.href, "http://127.0.0.1/sizes?hide=1");
});

test("H and P are keys everywhere but where somebody types, and alone", () => {
  const window = openPage();
  let told = 0;
  watchLooks(() => (told += 1));
  for (const tagName of ["TEXTAREA", "SELECT", "INPUT"]) assert.equal(press(window, "h", { tagName, type: "text" }), false);
  assert.equal(press(window, "p", undefined, { ctrlKey: true }), false);
  assert.deepEqual([isOn("hide"), isOn("present"), told], [false, false, 0]);
  assert.equal(press(window, "H"), true);
  assert.equal(press(window, "p", { tagName: "BUTTON" }), true);
  assert.deepEqual([isOn("hide"), isOn("present"), told], [true, true, 2]);
});

test("the arrows and a clicker step where it is presented", () => {
  const window = openPage();
  const steps = [];
  watchLooks(() => {});
  const ignore = watchSteps((by) => steps.push(by));
  assert.equal(press(window, "PageDown"), false);
  put("present", true);
  for (const key of ["ArrowRight", "PageDown", "ArrowUp", "PageUp"]) assert.equal(press(window, key), true);
  assert.equal(press(window, "ArrowRight", undefined, { shiftKey: true }), false);
  assert.deepEqual(steps, [1, 1, -1, -1]);
  // What was touched last is no field to type in.
  const range = { tagName: "INPUT", type: "range" };
  for (const touched of [range, { tagName: "SELECT" }]) assert.equal(press(window, "PageDown", touched), true);
  assert.equal(steps.length, 6);
  assert.equal(press(window, "Escape"), true);
  assert.equal(isOn("present"), false);
  ignore();
  put("present", true);
  assert.equal(press(window, "PageDown"), false);
});

test("who has gone to the box has its arrows, and a clicker steps all the same", () => {
  const window = openPage();
  const steps = [];
  watchLooks(() => {});
  const ignore = watchSteps((by) => steps.push(by));
  const box = { tagName: "DIV", dataset: { arrows: "box" } };
  put("present", true);
  assert.equal(press(window, "ArrowRight", box), false);
  assert.equal(press(window, "PageDown", box), true);
  put("present", false);
  // With the focus nowhere they step on any page; up and down scroll it.
  for (const key of ["ArrowRight", "ArrowLeft"]) assert.equal(press(window, key), true);
  for (const key of ["ArrowDown", "PageDown"]) assert.equal(press(window, key), false);
  assert.equal(press(window, "ArrowRight", { tagName: "DIV" }), false);
  assert.deepEqual(steps, [1, 1, -1]);
  ignore();
});

test("a question mark asks for the keys wherever the focus is, and Escape puts them away before all else", () => {
  const window = openPage();
  const asked = [];
  let open = false;
  watchLooks(() => {});
  const ignore = watchKeys((on) => {
    const was = open;
    open = on && !was;
    asked.push(on);
    return on || was;
  });
  put("present", true);
  assert.deepEqual([press(window, "?", undefined, { shiftKey: true }), open], [true, true]);
  assert.deepEqual([press(window, "Escape"), open, isOn("present")], [true, false, true]);
  assert.deepEqual([press(window, "Escape"), isOn("present")], [true, false]);
  assert.deepEqual(asked, [true, false, false]);
  ignore();
  assert.equal(press(window, "?"), false);
});

test("a page without a figure is not presented", () => {
  const window = openPage();
  watchLooks(() => {});
  document.querySelectorAll = () => [];
  assert.equal(press(window, "p"), false);
  assert.equal(isOn("present"), false);
});
