import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, named, number, parse, span, tenths } from "../../../assets/figures/common/text.js";
import { cases } from "../cases.mjs";

const { numbers, tenths: inTenths, spans } = cases["common/text"];

test("a number reads as in the app's own sentences", () => {
  for (const [value, wanted] of numbers) assert.equal(number(value), wanted, `${value}`);
  assert.deepEqual([number(Infinity), number(-Infinity)], ["∞", "−∞"]);
});

test("so does one with a decimal", () => {
  for (const [value, wanted] of inTenths) assert.equal(tenths(value), wanted, `${value}`);
});

test("spans of cells read as in the app's own sentences, in every language", () => {
  for (const { text, start, stop, rows, cols } of spans) {
    assert.equal(named(text, "rows", start, stop), rows);
    assert.equal(named(text, "cols", start, stop), cols);
  }
  assert.deepEqual([span(4, 5), span(3, 5), span(-3, -1)], ["4", "3–4", "−3–−2"]);
});

test("what is typed is a finite number in full, or none", () => {
  const typed = { "7": 7, " -3.5 ": -3.5, "−2": -2, "+4": 4, ".5": 0.5, "8.": 8, "1e-3": 0.001, "1E2": 100, "-0": -0 };
  for (const [text, value] of Object.entries(typed)) assert.equal(parse(text), value, text);
  for (const text of ["", " ", "abc", "nan", "Infinity", "1e999", "1,5", "0x10", "1 2", ".", "e5", "--1", "1_0", "0b1"]) {
    assert.equal(parse(text), null, text);
  }
});

test("what a Chinese input method writes is the number that was meant", () => {
  const typed = { "０.８５": 0.85, "0。85": 0.85, "－0.5": -0.5, "—0.5": null, "−１．５": -1.5, "　７　": 7, "1ｅ－3": 0.001, "。5": 0.5, "–2": -2 };
  for (const [text, value] of Object.entries(typed)) assert.equal(parse(text), value, text);
  for (const text of ["五", "1，5", "0。。5", "。"]) assert.equal(parse(text), null, text);
});

test("a template keeps what nothing is given for, and takes values as they are", () => {
  assert.equal(fill("{a} of {b}, {a}", { a: 1 }), "1 of {b}, 1");
  assert.equal(fill("{a}", { a: "{b} $& $1", b: 2 }), "{b} $& $1");
  assert.equal(fill("{a}", { a: 0 }), "0");
});
