import assert from "node:assert/strict";
import { test } from "node:test";
import { hundredths, isOneHot, oneHot } from "../../../assets/figures/gradient/fills.js";

test("a single one is where it is wanted, and known for what it is", () => {
  for (let count = 2; count < 8; count += 1) {
    for (let hot = 0; hot < count; hot += 1) {
      const values = oneHot(count, hot);
      assert.deepEqual([values.length, values.indexOf(1), values.lastIndexOf(1)], [count, hot, hot]);
      assert.ok(isOneHot(values));
    }
  }
});

test("what has two ones, none, another number, or one section in all is no such thing", () => {
  for (const values of [[1, 1, 0], [0, 0], [1, 0, 0.5], [1, 0, -1], [2, 0], [1], []]) assert.equal(isOneHot(values), false, `${values}`);
});

test("numbers by chance are hundredths from -2 to 2, of which each can come", () => {
  const ends = [0, 0.5, 1 - Number.EPSILON].map((chance) => hundredths(1, () => chance)[0]);
  assert.deepEqual(ends, [-2, 0, 2]);
  const found = hundredths(2000);
  assert.equal(found.length, 2000);
  for (const value of found) assert.equal(Number(value.toFixed(2)), value);
  assert.ok(new Set(found).size > 300);
});
