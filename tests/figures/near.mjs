// Numbers that may differ in their last bits.

import assert from "node:assert/strict";

export function assertNear(actual, expected, within, message) {
  assert.equal(actual.length, expected.length, message);
  expected.forEach((value, k) => {
    const apart = Math.abs(actual[k] - value);
    assert.ok(actual[k] === value || apart <= within, `${message}: ${actual[k]} for ${value} at ${k}`);
  });
}
