import assert from "node:assert/strict";
import { test } from "node:test";
import { judge } from "../../../assets/figures/takeaway/judge.js";
import { createText } from "../../../assets/figures/takeaway/sentences.js";
import { cases } from "../cases.mjs";

test("a page without Python says of an answer what the app does, text by text", () => {
  const { words, questions } = cases["takeaway/judge"];
  const says = Object.fromEntries(Object.entries(words).map(([language, { say, lessons }]) => [language, createText(language, { ...say, ...lessons })]));
  for (const { question, answers } of questions) {
    for (const { sent, said } of answers) {
      for (const [language, wanted] of Object.entries(said)) {
        const told = judge(question, sent, says[language], question.said[language].after);
        assert.deepEqual(told, wanted, `${question.open.id}: ${JSON.stringify(sent)}`);
      }
    }
  }
});
