import assert from "node:assert/strict";
import { test } from "node:test";
import { createAnswers } from "../../../assets/figures/takeaway/answers.js";
import { cases } from "../cases.mjs";

// What a step does, by hand or by a control of the page.
function change(answers, file, { size, rule, sent }) {
  if (size) answers.put({ outputSize: size });
  if (rule) answers.put({ convention: file.conventions.findIndex(({ key }) => key === rule) });
  if (sent) answers.take({ changes: [sent] });
}

test("a page without Python shows and says what the app does, text by text", () => {
  for (const { file, steps } of cases["takeaway/answers"]) {
    const answers = createAnswers(file);
    for (const { change: made, language, answer } of steps) {
      change(answers, file, made);
      const said = answers.answer(language);
      // JSON has no infinities.
      answer.output = answer.output.map(Number);
      for (const [name, value] of Object.entries(answer)) assert.deepEqual(said[name], value, `${name} of ${JSON.stringify(made)}`);
    }
  }
});
