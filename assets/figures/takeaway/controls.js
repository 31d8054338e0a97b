// Over the figure of a page without Python: by which rule it is cut, into how many sections, undo, language.

import { html, setText } from "../common/dom.js";
import { fill } from "../common/text.js";
import { createLanguages } from "./languages.js";

// Of `answers` in a `page`, { language, words, languages }; `changed` is called after each change.
export function createControls(answers, file, page, changed) {
  const title = html("h1", {});
  const purpose = html("p", { class: "purpose" });
  const convention = html("select", { class: "control", "data-testid": "convention" });
  const size = ["rows", "cols"].map((axis, k) => createCount(axis, k));
  const said = html("p", { class: "refused", role: "status", "data-testid": "refused" });
  const buttons = ["undo", "redo", "reset"].map((name) => createButton(name, () => answers[name]()));
  const languages = createLanguages(file, page.speak);
  const root = html(
    "header",
    { class: "bar" },
    html("div", { class: "named" }, title, purpose),
    languages.root,
    html(
      "div",
      { class: "controls" },
      convention,
      html("span", { class: "size" }, size[0], "×", size[1]),
      ...buttons,
      said,
    ),
  );
  let painted = "";

  convention.addEventListener("change", () => {
    answers.put({ convention: Number(convention.value) });
    changed();
  });

  function createCount(axis, k) {
    const input = html("input", { type: "number", class: "control count", min: 1, max: file.mostBins, step: 1, "data-testid": `output-${axis}` });
    // What is no number of sections stays in its field, with a word beside it.
    input.addEventListener("input", () => {
      const count = Number(input.value);
      const known = Number.isInteger(count) && count >= 1 && count <= file.mostBins;
      input.toggleAttribute("aria-invalid", !known);
      setText(said, known ? "" : fill(page.words().refused, { typed: input.value, most: file.mostBins }));
      if (!known) return;
      answers.put({ outputSize: answers.now().outputSize.with(k, count) });
      changed();
    });
    input.addEventListener("blur", () => {
      setText(said, "");
      paint();
    });
    return input;
  }

  function createButton(name, act) {
    const button = html("button", { type: "button", class: "control", "data-testid": name });
    button.addEventListener("click", () => {
      act();
      changed();
    });
    return button;
  }

  function paint() {
    const words = page.words();
    const now = answers.now();
    if (painted !== page.language()) {
      painted = page.language();
      setText(title, words.title);
      setText(purpose, words.purpose);
      convention.setAttribute("aria-label", words.convention);
      convention.replaceChildren(...file.conventions.map(({ key }, k) => html("option", { value: k }, page.conventions()[key] ?? key)));
      size.forEach((input, k) => input.setAttribute("aria-label", words[["output.rows", "output.cols"][k]]));
      buttons.forEach((button) => setText(button, words[button.dataset.testid]));
      languages.paint(painted);
    }
    convention.value = `${now.convention}`;
    convention.hidden = file.conventions.length < 2;
    size.forEach((input, k) => {
      if (input.getRootNode().activeElement === input && input.hasAttribute("aria-invalid")) return;
      input.removeAttribute("aria-invalid");
      if (Number(input.value) !== now.outputSize[k]) input.value = `${now.outputSize[k]}`;
    });
    const [undo, redo, reset] = buttons;
    undo.disabled = !now.undo;
    redo.disabled = !now.redo;
    reset.disabled = !now.changed;
  }

  return { root, paint };
}
