import assert from "node:assert/strict";
import { test } from "node:test";
import { createWords } from "../../../assets/page/words.js";

const SAID = {
  en: { stop: "Stop", most: "{size} per file", error: "Error: {said}", low: "Too small.", odd: "a (b)? {c}" },
  zh: { stop: "停止", most: "每个文件不超过 {size}", error: "错误：{said}", low: "太小。", odd: "甲 {c}" },
};
const chinese = createWords(SAID, "zh");

test("a text is translated as a whole, with the space around it and the values in it", () => {
  assert.equal(chinese(" Stop\n"), " 停止\n");
  assert.equal(chinese("5MB per file"), "每个文件不超过 5MB");
  assert.equal(chinese("Error: Too small."), "错误：太小。");
  assert.equal(chinese("Error: else"), "错误：else");
  assert.equal(chinese("a (b)? $&"), "甲 $&");
});

test("what is none of these stays", () => {
  for (const text of ["", "  ", "Stop it", "停止", "per file", "a b"]) assert.equal(chinese(text), null, text);
});

test("back in the first language it reads as before", () => {
  const english = createWords(SAID, "en");
  for (const text of ["Stop", "5MB per file", "Error: Too small."]) assert.equal(english(chinese(text)), text);
});
