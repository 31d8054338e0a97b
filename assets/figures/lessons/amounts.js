// What each chosen cell receives: the output's gradient as it arrives, and a field for every cell.

import { sectionColour } from "../common/colour.js";
import { html, setText } from "../common/dom.js";
import { createNumberField } from "../common/numberfield.js";
import { fill, number } from "../common/text.js";
import { plainField } from "../common/typed.js";
import { isJudged, isOpen, isSameNumber, numberIn, ownAnswer, setDraft, withAmount, withCell } from "./model.js";
import { mark } from "./signs.js";

export function createAmounts(model, { render, paint: paintAll, check }) {
  const upTitle = html("p", { class: "label" });
  const upstream = html("div", { class: "upstream", "data-testid": "upstream" });
  const title = html("p", { class: "label" });
  const none = html("p", { class: "none-yet" });
  const list = html("ul", { class: "amounts", "data-testid": "amounts" });
  const root = html("section", { class: "answer back" }, html("div", {}, upTitle, upstream), html("div", {}, title, none, list));
  let rows = new Map();
  let built = "";
  // The cell whose field takes the keyboard once it stands there.
  let wanted = null;

  list.addEventListener("input", ({ target }) => {
    plainField(target);
    const [row, col] = target.dataset.at.split(",").map(Number);
    setDraft(model, withAmount(model.draft, row, col, target.value));
    render();
  });
  list.addEventListener("focusout", render);
  list.addEventListener("click", ({ target }) => {
    const at = target.closest("button")?.dataset.at;
    if (!at) return;
    setDraft(model, withCell(model.draft, ...at.split(",").map(Number)));
    // The button goes with its line, which is put in order at once: the keyboard goes on among the others.
    paintAll();
    list.querySelector("input")?.focus();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    event.stopPropagation();
    const inputs = [...list.querySelectorAll("input")];
    const next = inputs[inputs.indexOf(event.target) + 1];
    if (next) next.focus();
    else check();
  });

  // Of a cell that was chosen its amount comes next; a finger, whose keyboard would cover the map, asks for
  // it by itself.
  function pick(row, col, touched) {
    setDraft(model, withCell(model.draft, row, col));
    wanted = !touched && model.draft.some(([y, x]) => y === row && x === col) ? `${row},${col}` : null;
    // At once: who types on means this field.
    paintAll();
  }

  function paint() {
    const { data } = model;
    const { text } = data;
    const judged = isJudged(model);
    setText(upTitle, text["upstream.title"]);
    setText(title, text["amounts.title"]);
    paintUpstream(data);
    const own = ownAnswer(model);
    const lines = judged ? compared(own, data.verdict.answer) : (own ?? []).map(([row, col, typed]) => ({ row, col, typed }));
    none.hidden = lines.length > 0;
    setText(none, text[judged ? "amounts.nothing" : "amounts.none"]);
    if (judged) paintJudged(lines, text);
    else paintOpen(lines, text);
  }

  function paintUpstream({ id, upstream: values, text }) {
    const key = JSON.stringify([id, values]);
    if (key === built || !values) return;
    built = key;
    upstream.style.setProperty("--across", values[0].length);
    const cells = values.flatMap((line, i) =>
      line.map((one, j) => {
        const value = typeof one === "number" ? number(one) : one;
        const cell = html("div", { class: "grad", role: "img", "aria-label": fill(text["upstream.cell"], { i, j, value }) }, value);
        cell.style.setProperty("--section", sectionColour(i, j));
        return cell;
      }),
    );
    upstream.replaceChildren(...cells);
  }

  function paintOpen(lines, text) {
    const before = rows;
    rows = new Map(lines.map(({ row, col }) => [`${row},${col}`, before.get(`${row},${col}`) ?? createRow(row, col)]));
    const shown = [...rows.values()].map(({ item }) => item);
    if (shown.length !== list.children.length || shown.some((item, k) => item !== list.children[k])) list.replaceChildren(...shown);
    for (const { row, col, typed } of lines) {
      const { name, input, remove } = rows.get(`${row},${col}`);
      const place = fill(text["amount.cell"], { row, col });
      setText(name, place);
      input.setAttribute("aria-label", fill(text["amount.label"], { row, col }));
      remove.setAttribute("aria-label", fill(text["amount.remove"], { row, col }));
      if (input.value !== typed) input.value = typed;
      input.readOnly = !isOpen(model);
      remove.hidden = !isOpen(model);
      const wrong = typed.trim() !== "" && numberIn(typed) === null && input.getRootNode().activeElement !== input;
      if (wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    // A hand goes on on the map; who has only the keyboard is to see where it is now.
    if (wanted) rows.get(wanted)?.input.focus({ preventScroll: !root.closest("[data-keyed]") });
    wanted = null;
  }

  function paintJudged(lines, text) {
    rows = new Map();
    list.replaceChildren(...lines.map((line) => judgedRow(line, text)));
  }

  return { side: root, paint, pick };
}

function createRow(row, col) {
  const at = `${row},${col}`;
  const name = html("span", { class: "amount-cell" });
  const input = createNumberField({ "data-at": at, "data-testid": `amount-${row}-${col}` });
  const remove = html("button", { type: "button", class: "remove", "data-at": at }, "×");
  return { name, input, remove, item: html("li", {}, name, input, remove) };
}

// Every cell that receives something or was said to, with both amounts; null where there is none.
export function compared(given, answer) {
  const all = new Map();
  for (const [row, col, right] of answer) all.set(`${row},${col}`, { row, col, right: `${right}`, typed: null });
  for (const [row, col, typed] of given ?? []) {
    const at = `${row},${col}`;
    all.set(at, { ...(all.get(at) ?? { row, col, right: null }), typed });
  }
  const lines = [...all.values()].sort((one, other) => one.row - other.row || one.col - other.col);
  return lines.map((line) => ({ ...line, sign: given ? (line.typed !== null && isSameNumber(line.typed, line.right) ? "yes" : "no") : null }));
}

function judgedRow({ row, col, right, typed, sign }, text) {
  const struck = sign === "no" && typed !== null ? [html("span", { class: "muted" }, text["cell.yours"], " ", html("s", {}, typed))] : [];
  const said = right === null ? html("span", { class: "muted" }, text["amount.nothing"]) : html("b", {}, right);
  const missed = sign === "no" && typed === null ? [html("span", { class: "muted" }, text["amount.missed"])] : [];
  const unseen = sign ? [html("span", { class: "unseen" }, text[sign === "yes" ? "right" : "wrong"])] : [];
  return html("li", { class: "is-judged" }, ...(sign ? [mark(sign)] : []), ...unseen, html("span", { class: "amount-cell" }, fill(text["amount.cell"], { row, col })), said, ...struck, ...missed);
}
