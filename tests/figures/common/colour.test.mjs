import assert from "node:assert/strict";
import { test } from "node:test";
import {
  batchColour,
  classColour,
  css,
  fill,
  ink,
  inkOn,
  mixed,
  range,
  SECTION_COLOURS,
  sectionColour,
  viridis,
} from "../../../assets/figures/common/colour.js";
import { contrast, partsOf, channelsOf } from "../contrast.mjs";
import { cases } from "../cases.mjs";

const CASES = cases["common/colour"];
const INKS = { "#000": "#000000", "#fff": "#ffffff" };

test("a value has the colour that the exports give it, and the ink", () => {
  for (const { cells, range: span, colours, inks } of CASES) {
    assert.deepEqual(range(cells), span);
    cells.forEach((value, k) => {
      assert.deepEqual(viridis(value, span), colours[k], `${value}`);
      assert.equal(fill(value, span), css(colours[k]));
      assert.equal(INKS[ink(value, span)], inks[k]);
    });
  }
});

test("values beyond the range have the colours of its ends", () => {
  const span = { low: -1, high: 1 };
  assert.deepEqual([viridis(-9, span), viridis(9, span)], [viridis(-1, span), viridis(1, span)]);
});

test("black or white reads on every colour, behind a veil too", () => {
  const span = { low: 0, high: 255 };
  for (const page of [null, [255, 255, 255], [14, 17, 23]]) {
    const veil = page && { rgb: page, share: 0.6 };
    for (let value = 0; value < 256; value += 1) {
      assert.ok(contrast(channelsOf(fill(value, span, veil)), partsOf(ink(value, span, veil))) >= 4.5, `${value} on ${page}`);
    }
  }
});

test("of black and white the ink is the one that stands out more", () => {
  for (let part = 0; part < 256; part += 5) {
    for (const rgb of [[part, part, part], [part, 0, 255 - part], [255 - part, part, 90]]) {
      const [chosen, other] = inkOn(rgb) === "#000" ? [[0, 0, 0], [255, 255, 255]] : [[255, 255, 255], [0, 0, 0]];
      assert.ok(contrast(rgb, chosen) >= contrast(rgb, other) - 0.01, `${rgb}`);
    }
  }
});

test("a mixture goes from one colour to the other", () => {
  const [page, other] = [[0, 100, 200], [100, 0, 250]];
  assert.deepEqual([0, 0.5, 1].map((share) => mixed(page, other, share)), [page, [50, 50, 225], other]);
  assert.equal(css([0.4, 99.5, 254.6]), "rgb(0,100,255)");
});

test("no section has the colour of one beside or diagonal to it", () => {
  for (let i = 0; i < 14; i += 1) {
    for (let j = 0; j < 14; j += 1) {
      for (const [down, right] of [[0, 1], [1, -1], [1, 0], [1, 1]]) {
        assert.notEqual(sectionColour(i, j), sectionColour(i + down, j + right), `${i}, ${j}`);
      }
      assert.ok(SECTION_COLOURS.includes(sectionColour(i, j)));
    }
  }
  assert.equal(new Set(SECTION_COLOURS).size, SECTION_COLOURS.length);
});

test("eight images have colours of their own, a ninth none", () => {
  const colours = Array.from({ length: 8 }, (_, k) => batchColour(k));
  assert.equal(new Set(colours).size, 8);
  assert.equal(batchColour(8), "transparent");
});

test("classes have the sections' colours but for the yellow, and their names can be read on them", () => {
  for (let k = 0; k < 10; k += 1) {
    const { colour, ink: on } = classColour(k);
    assert.equal(colour, SECTION_COLOURS[k % 5]);
    assert.ok(contrast(partsOf(colour), partsOf(on)) >= 4.5, colour);
  }
});

test("a plane of nothing but one value has a range all the same, an empty one none", () => {
  assert.deepEqual(range([2, 2]), { low: 2, high: 2, under: false, over: false });
  assert.deepEqual(range([]), { low: Infinity, high: -Infinity, under: false, over: false });
});
