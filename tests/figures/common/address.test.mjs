import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { addressWith, asked, beGuest, tell } from "../../../assets/figures/common/address.js";
import { isOn, put, watchLooks } from "../../../assets/figures/common/looks.js";
import { openPage, press } from "../page.mjs";

afterEach(() => beGuest(false));

test("the address says what it is told, and no more of what is null", () => {
  const window = openPage("http://127.0.0.1/sizes?x=abc&at=3");
  tell({ at: 4, x: null, lang: "zh" });
  assert.equal(window.location.href, "http://127.0.0.1/sizes?at=4&lang=zh");
  assert.deepEqual([asked("at"), asked("x")], ["4", null]);
  assert.equal(addressWith({ at: null }), "http://127.0.0.1/sizes?lang=zh");
});

test("an address that says so already is not written", () => {
  const window = openPage("http://127.0.0.1/?at=3");
  window.history.replaceState = () => assert.fail("written");
  tell({ at: 3, x: null });
});

test("a guest writes no address, reads none, marks nothing and hears no key of the page", () => {
  const window = openPage("http://127.0.0.1/lab?hide=1&at=3");
  beGuest();
  watchLooks(() => {});
  tell({ at: 4 });
  assert.equal(window.location.href, "http://127.0.0.1/lab?hide=1&at=3");
  assert.equal(asked("at"), null);
  for (const key of ["h", "p", "Escape"]) assert.equal(press(window, key), false);
  assert.deepEqual([isOn("hide"), isOn("present")], [false, false]);
});

test("a mark that stands on a host's document is none of a guest's", () => {
  openPage();
  put("hide", true);
  assert.equal(isOn("hide"), true);
  beGuest();
  assert.equal(isOn("hide"), false);
});
