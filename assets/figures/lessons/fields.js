// The fields of a value that is typed: an output whose cells are empty, or one field for each name.

import { sectionColour } from "../common/colour.js";
import { html, setText, toggle } from "../common/dom.js";
import { createNumberField } from "../common/numberfield.js";
import { fill } from "../common/text.js";
import { plainField } from "../common/typed.js";
import { isJudged, isOpen, isSameNumber, numberIn, setDraft, triedOf } from "./model.js";
import { mark } from "./signs.js";

export function createFields(model, { render, check }) {
  const title = html("p", { class: "label" });
  const grid = html("div", { class: "fields", role: "group", "data-testid": "fields" });
  const root = html("section", { class: "answer" }, title, grid);
  let fields = [];
  let built = "";

  grid.addEventListener("input", ({ target }) => {
    plainField(target);
    setDraft(model, fields.map(({ input }) => input.value));
    render();
  });
  grid.addEventListener("focusout", () => point(null));
  grid.addEventListener("focusin", ({ target }) => {
    target.select?.();
    point(fields.find(({ input }) => input === target));
  });
  grid.addEventListener("keydown", (event) => {
    const at = fields.findIndex(({ input }) => input === event.target);
    if (event.key !== "Enter" || event.isComposing || at < 0 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (at + 1 < fields.length) fields[at + 1].input.focus();
    else check();
  });

  // The section that is typed is lit on the map.
  function point(field) {
    model.field = field && !field.name ? [field.i, field.j] : null;
    render();
  }

  function build({ id, fields: names, outputSize: [high, wide] }) {
    const key = JSON.stringify([id, names, high, wide]);
    if (key === built) return;
    built = key;
    const count = names?.length ?? high * wide;
    fields = Array.from({ length: count }, (_, k) => {
      const j = names ? k : k % wide;
      return createField((k - j) / wide, j, names?.[k]);
    });
    grid.classList.toggle("named", names !== null);
    grid.style.setProperty("--across", names ? count : wide);
    grid.replaceChildren(...fields.map((field) => field.root));
  }

  function paint() {
    const { data, draft } = model;
    const { text, verdict, outputSize } = data;
    build(data);
    const [high, wide] = outputSize;
    const judged = isJudged(model);
    const shown = judged && verdict.given === null;
    const said = data.fields ? text[shown ? "shown" : "fields.title"] : fill(text["output.title"], { high, wide });
    setText(title, said);
    grid.setAttribute("aria-label", said);
    const tried = triedOf(model);
    const given = verdict ? verdict.given : draft;
    fields.forEach((field, k) => {
      const { root: place, input, i, j, name } = field;
      const typed = given?.[k] ?? "";
      // Until another number is typed.
      const missed = tried !== null && tried.off.includes(k) && isSameNumber(typed, tried.given[k]);
      const label = name ?? fill(text["output.cell"], { i, j });
      input.setAttribute("aria-label", missed ? `${label}${text.list}${text["cell.wrong"]}` : label);
      if (input.value !== typed && verdict) input.value = typed;
      input.readOnly = !isOpen(model);
      input.hidden = judged;
      const wrong = missed || (typed.trim() !== "" && numberIn(typed) === null && input.getRootNode().activeElement !== input);
      if (wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      toggle(place, "data-judged", judged);
      field.said.hidden = !judged;
      if (judged) paintJudged(field, typed, `${verdict.answer[k]}`, verdict, k, text);
      else forget(field);
    });
  }

  // A digit that is typed before any field was chosen goes to the first that is empty.
  function take(key) {
    const free = fields.find(({ input }) => input.value === "") ?? fields[0];
    if (!isOpen(model) || !/^[\d.+-]$/.test(key)) return false;
    free.input.focus();
    return true;
  }

  return { side: root, paint, take };
}

function createField(i, j, name) {
  const input = createNumberField({ "data-testid": "field" });
  const said = html("div", { class: "judged", "data-testid": "judged" });
  const root = html("div", { class: "field-place" }, ...(name ? [html("span", { class: "field-name", "aria-hidden": "true" }, name)] : []), input, said);
  if (!name) root.style.setProperty("--section", sectionColour(i, j));
  return { root, input, said, i, j, name };
}

// What was told before is not to be found in the page while the answer is hidden.
function forget({ said, root }) {
  toggle(root, "data-wrong", false);
  said.replaceChildren();
  delete said.dataset.key;
}

// The right value, and over it the learner's where that is another: each says whose it is.
function paintJudged({ said, root }, typed, right, { given, off, right: all }, k, text) {
  const wrong = given !== null && !all && (off ? off.includes(k) : !isSameNumber(typed, right));
  toggle(root, "data-wrong", wrong);
  const key = [typed, right, wrong, given === null].join("|");
  if (said.dataset.key === key) return;
  said.dataset.key = key;
  const value = html("b", {}, right);
  const line = (kind, ...parts) => html("span", { class: `judged-${kind}` }, html("span", { class: "whose" }, text[`cell.${kind}`]), " ", ...parts);
  if (wrong) said.replaceChildren(line("yours", html("s", {}, typed), mark("no")), line("right", value));
  else said.replaceChildren(value, ...(given === null ? [] : [mark("yes"), html("span", { class: "unseen" }, text["cell.right"])]));
}
