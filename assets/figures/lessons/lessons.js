// A lesson's question: the learner does what the operation does, and is told why it was wrong.

import { createAmounts } from "./amounts.js";
import { createBoard } from "./board.js";
import { createBoxInHand } from "./boxes.js";
import { createCards } from "./cards.js";
import { html, toggle } from "../common/dom.js";
import { createFields } from "./fields.js";
import { createFoot } from "./foot.js";
import { createLanes } from "./lanes.js";
import { isTooMuch, layout } from "./layout.js";
import { bleedOf, marksOf } from "./marks.js";
import { createPainter, markKeyboard } from "../common/mount.js";
import { adopt, beginning, createModel, isComplete, isOpen, keep, numbered, setDraft } from "./model.js";
import { createPatience } from "../common/patience.js";
import { createTable } from "./table.js";
import { createWords } from "./words.js";

const IDS = { title: "lesson-title", sentence: "lesson-sentence", hint: "lesson-hint", verdict: "lesson-verdict" };

export function createLesson(host) {
  const model = createModel();
  let tell = () => {};
  const actions = { render: () => painter.render(), paint, check, say, clear, pick };
  const board = createBoard();
  const table = createTable(model, actions);
  const lanes = createLanes(model, actions);
  const amounts = createAmounts(model, actions);
  const inHand = createBoxInHand(model, board.map, actions);
  const asked = { cut: null, pick: null, value: createFields(model, actions), box: inHand, back: amounts, which: createCards(model, actions) };
  const words = createWords(model, IDS);
  const foot = createFoot(model, IDS, actions);
  const column = html("div", { class: "column" }, words.verdict, foot.root);
  board.map.append(table.root, inHand.layer);
  board.area.append(lanes.rows, lanes.cols, lanes.corner);
  const root = html("div", { class: "lesson", "data-testid": "lesson", role: "group", tabindex: -1, "aria-labelledby": IDS.title, "aria-describedby": IDS.sentence }, words.root, board.area, column);
  host.replaceChildren(root);
  markKeyboard(root);
  words.back.addEventListener("click", () => say("back"));
  root.addEventListener("keydown", keyed);
  const painter = createPainter(host, paint);
  const patience = createPatience(send);

  // What does not fit a screen that is presented is said in fewer and smaller words.
  function paint() {
    root.classList.remove("terse");
    paintAll();
    if (!isTooMuch(root)) return;
    root.classList.add("terse");
    paintAll();
  }

  function paintAll() {
    const { data } = model;
    if (!data) return;
    const { kind } = data;
    root.dataset.kind = kind;
    root.dataset.id = data.id;
    root.dataset.rows = data.rows;
    root.dataset.cols = data.cols;
    for (const name of ["touched", "waiting"]) root.classList.toggle(name, model[name]);
    toggle(root, "data-open", isOpen(model));
    lanes.rows.hidden = lanes.cols.hidden = lanes.corner.hidden = kind !== "cut";
    inHand.layer.hidden = kind !== "box";
    words.paint();
    foot.paint();
    const side = asked[kind]?.side;
    for (const one of Object.values(asked)) if (one?.side && one.side !== side) one.side.remove();
    if (side && side.parentNode !== column) foot.root.before(side);
    const marks = marksOf(model);
    const bleed = bleedOf(data);
    const cell = layout(root, data, bleed);
    // What is left beside the map is known once that has its size.
    board.paint(model, cell, marks, bleed);
    asked[kind]?.paint(cell);
    table.paint(marks);
    if (kind === "cut") lanes.paint(cell);
  }

  function say(ask) {
    keep(model, ask);
    send();
    painter.render();
  }

  // Python hears a message once: what is asked of a question is asked of none after it.
  function send() {
    patience.sent();
    tell("said", numbered(model));
  }

  function check() {
    if (isOpen(model) && isComplete(model)) say("check");
  }

  function clear() {
    setDraft(model, beginning(model.data));
    model.touched = false;
    root.focus({ preventScroll: true });
    painter.render();
  }

  function pick(row, col, touched) {
    if (model.data.kind === "back") return amounts.pick(row, col, touched);
    setDraft(model, [row, col]);
    return painter.render();
  }

  function keyed(event) {
    const { key, target, ctrlKey, metaKey, altKey, repeat } = event;
    // Streamlit's own keys must not fire from inside.
    event.stopPropagation();
    if (event.isComposing || altKey) return;
    const own = key === "Enter" && (ctrlKey || metaKey || !/^(BUTTON|INPUT)$/.test(target.tagName));
    if (own && !repeat) onward();
    else if (ctrlKey || metaKey || target.tagName === "INPUT") return;
    else if (key === "n" && model.data.another) say("another");
    else if (!(target === root && asked[model.data.kind]?.take?.(key))) return;
    // What is typed goes on into the field that has just been given the focus.
    if (own || key === "n") event.preventDefault();
  }

  // Whoever went on from under the last answer has the question before them.
  function begin() {
    root.focus({ preventScroll: true });
    words.root.scrollIntoView({ block: "nearest" });
  }

  function onward() {
    if (isOpen(model)) check();
    else if (model.data.next) say("next");
  }

  return {
    update(data, { setStateValue }) {
      tell = setStateValue;
      const first = model.data === null;
      const judged = model.data?.verdict === null && data.verdict !== null;
      const tried = model.data?.tried === null && data.tried !== null;
      // Whoever works elsewhere on the page is not taken from there.
      const mine = root.contains(host.getRootNode().activeElement) || document.activeElement === document.body;
      const other = adopt(model, data);
      if (!model.sent) patience.rest();
      paint();
      if (first || !mine) return;
      if (other) begin();
      else if (judged) (data.next ? foot.next : root).focus({ preventScroll: true });
      // What was said of the answer is what is read next.
      if (judged || tried) words.verdict.scrollIntoView({ block: "nearest" });
    },
    destroy() {
      patience.destroy();
      painter.destroy();
    },
  };
}
