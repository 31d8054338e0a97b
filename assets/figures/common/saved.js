// What is said where a change has no answer yet, and after the server had lost the page.

import { html, setText } from "./dom.js";

export function createSaved(model) {
  const root = html("p", { class: "saved", role: "status", "data-testid": "saved", hidden: "" });

  function paint() {
    const { late, lost } = model.data.saved;
    setText(root, model.late ? late : lost);
    root.hidden = !root.textContent;
  }

  return { root, paint };
}
