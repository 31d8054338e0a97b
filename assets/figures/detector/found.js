// What is detected, against what is there: found, wrong, missed. Each leads to its proposal.

import { classColour } from "../common/colour.js";
import { html } from "../common/dom.js";
import { reached } from "./model.js";
import { fill, number } from "../common/text.js";

export function createFound(model, { select }) {
  const root = html("div", { class: "verdicts", "data-testid": "found" });
  let told = "";

  function paint() {
    const { data } = model;
    root.hidden = !data.known || !reached(model, "detections");
    // What is hidden is not there either: nothing of it is to be read before its step.
    const key = root.hidden ? "" : `${data.id},${data.language}`;
    if (key === told) return;
    told = key;
    if (root.hidden) {
      root.replaceChildren();
      return;
    }
    const { text, classes, detections, objects } = data;
    const missed = objects.filter(({ found }) => !found);
    root.replaceChildren(
      ...detections.map(({ label, score, proposal, object }) => {
        const right = object >= 0 ? "found" : "wrong";
        const said = fill(text[`detector.${right}`], { class: classes[label], score: number(score) });
        const chip = html("button", { type: "button", class: `chip ${right}`, "data-verdict": right }, said);
        chip.addEventListener("click", () => select(proposal));
        return coloured(chip, label);
      }),
      ...missed.map(({ label }) =>
        coloured(html("span", { class: "chip missed", "data-verdict": "missed" }, fill(text["detector.missed"], { class: classes[label] })), label),
      ),
    );
  }

  return { root, paint };
}

function coloured(chip, label) {
  chip.style.setProperty("--class", classColour(label - 1).colour);
  return chip;
}
