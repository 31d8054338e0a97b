// Where there is no room for the row of stages: which of them is shown, and the way to another.

import { html, setText } from "../common/dom.js";

// `stages` are the steps with which each stage begins, `shown` the stage of every step.
export function createTabs(model, { stages, shown, seek }) {
  const names = Object.keys(stages);
  const buttons = names.map((name) => html("button", { type: "button", "data-testid": `tab-${name}` }));
  const root = html("div", { class: "tabs", role: "group" }, ...buttons);
  buttons.forEach((button, k) => button.addEventListener("click", () => seek(stepOf(names[k]))));

  function stepOf(name) {
    return model.data.scenes.findIndex(({ kind }) => kind === stages[name]);
  }

  function paint() {
    const { text, scenes } = model.data;
    const now = shown[scenes[model.step].kind];
    root.setAttribute("aria-label", text["detector.tabs"]);
    buttons.forEach((button, k) => {
      setText(button, text[`detector.stage.${names[k]}`]);
      button.setAttribute("aria-pressed", `${names[k] === now}`);
      button.disabled = stepOf(names[k]) < 0;
    });
  }

  return { root, paint };
}
