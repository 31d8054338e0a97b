import assert from "node:assert/strict";
import { test } from "node:test";
import { unpack } from "../../../assets/figures/common/bytes.js";
import { cases } from "../cases.mjs";

const KINDS = { float32: Float32Array, uint8: Uint8Array, uint16: Uint16Array };

test("arrays come out as Python packed them", () => {
  for (const { kind, packed, values } of cases["common/bytes"]) {
    const found = unpack(packed, KINDS[kind]);
    assert.ok(found instanceof KINDS[kind]);
    assert.deepEqual([...found], values, kind);
  }
});
