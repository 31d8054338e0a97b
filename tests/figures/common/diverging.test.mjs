import assert from "node:assert/strict";
import { test } from "node:test";
import { css } from "../../../assets/figures/common/colour.js";
import { diverging } from "../../../assets/figures/common/diverging.js";
import { channelsOf, contrast, partsOf } from "../contrast.mjs";

const PAGES = [[255, 255, 255], [20, 22, 26], [14, 17, 23], [0, 0, 0]];
const VALUES = Array.from({ length: 201 }, (_, k) => (k - 100) / 50);

test("nothing is the page itself, and beyond the end is the end", () => {
  for (const page of PAGES) {
    const look = diverging(page);
    assert.equal(look.fill(0, 2), css(page));
    assert.equal(look.fill(9, 2), look.fill(2, 2));
    assert.equal(look.fill(-9, 2), look.fill(-2, 2));
  }
});

test("blue is above nothing and orange below", () => {
  for (const page of PAGES) {
    const look = diverging(page);
    for (const value of [0.5, 1, 2]) {
      const [[r, , b], [red, , blue]] = [value, -value].map((one) => channelsOf(look.fill(one, 2)));
      assert.ok(b > r && red > blue, `${value} on ${page}`);
    }
  }
});

test("the further from nothing, the further from the page", () => {
  for (const page of PAGES) {
    const look = diverging(page);
    for (const sign of [1, -1]) {
      const away = [0, 0.25, 0.5, 1, 1.5, 2].map((value) => contrast(channelsOf(look.fill(sign * value, 2)), page));
      away.slice(1).forEach((one, k) => assert.ok(one > away[k], `${away} on ${page}`));
    }
  }
});

test("black or white reads on every colour of it", () => {
  for (const page of PAGES) {
    const look = diverging(page);
    for (const value of VALUES) {
      const seen = contrast(channelsOf(look.fill(value, 2)), partsOf(look.ink(value, 2)));
      assert.ok(seen >= 4.5, `${value} on ${page}`);
    }
  }
});
