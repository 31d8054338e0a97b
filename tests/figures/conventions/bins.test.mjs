import assert from "node:assert/strict";
import { test } from "node:test";
import { pool } from "../../../assets/figures/common/bins.js";
import { binsOf } from "../../../assets/figures/conventions/bins.js";
import { cases } from "../cases.mjs";

const CASES = cases["conventions/bins"];
// The one that a card draws; the others on it cut alike.
const drawn = ({ names }) => (names.find(({ reference }) => reference) ?? names[0]).name;

test("a card's bins are those of its convention, with the library's maxima and their cells", () => {
  for (const { data, cuts } of CASES) {
    data.cards.forEach((card) => {
      const { rows, cols, values, places, empty } = cuts[drawn(card)];
      const bins = binsOf(card, data.cols);
      assert.equal(bins.length, values.length, drawn(card));
      bins.forEach((bin, k) => {
        const [i, j] = [Math.floor(k / data.outputSize[1]), k % data.outputSize[1]];
        const edges = { top: rows.starts[i], bottom: rows.stops[i], left: cols.starts[j], right: cols.stops[j] };
        const place = empty[k] ? -1 : places[k];
        const cell = place < 0 ? { row: -1, col: -1 } : { row: Math.floor(place / data.cols), col: place % data.cols };
        assert.deepEqual(bin, { i, j, ...edges, ...cell, value: Number(values[k]), empty: empty[k], differs: bin.differs }, drawn(card));
      });
    });
  }
});

test("the cells that differ are those whose output is not the reference's", () => {
  for (const { data, cuts } of CASES) {
    const reference = cuts[drawn(data.cards.find((card) => card.reference))];
    data.cards.forEach((card) => {
      const differing = binsOf(card, data.cols).flatMap(({ differs }, k) => (differs ? [k] : []));
      assert.equal(differing.length, card.differing, drawn(card));
      for (const { name } of card.names) {
        const other = cuts[name].values.flatMap((value, k) => (value === reference.values[k] ? [] : [k]));
        assert.deepEqual(differing, other, name);
      }
    });
  }
});

test("every convention is on one card, with those that cut the same cells", () => {
  for (const { data, cuts } of CASES) {
    const named = data.cards.flatMap(({ names }) => names.map(({ name }) => name));
    assert.deepEqual(named.toSorted(), Object.keys(cuts).toSorted());
    for (const { names } of data.cards) {
      const [first, ...others] = names.map(({ name }) => cuts[name]);
      for (const other of others) assert.deepEqual([other.empty, other.places.filter((_, k) => !other.empty[k])], [first.empty, first.places.filter((_, k) => !first.empty[k])]);
    }
  }
});

test("the stage would pool the same bins to the same values", () => {
  for (const { data } of CASES) {
    for (const card of data.cards) {
      const found = pool({ cols: data.cols, rule: { emptyValue: NaN } }, data.cells, card.box);
      const bins = binsOf(card, data.cols);
      const filled = bins.filter(({ empty }) => !empty).map(({ row, col, value }) => [row, col, value]);
      assert.deepEqual(found.filter(({ empty }) => !empty).map(({ row, col, value }) => [row, col, value]), filled, drawn(card));
    }
  }
});
