// The gradient at the output, under the hand: type it, paint it, or take one of the usual ones.

import { arrive, gradientOf, sendBack, setGradient } from "./backward.js";
import { createCellEditor } from "../stage/celledit.js";
import { pageColour } from "../common/colour.js";
import { diverging } from "../common/diverging.js";
import { html, setText } from "../common/dom.js";
import { hintOf } from "./face.js";
import { hundredths, isOneHot, oneHot } from "./fills.js";
import { selectedBox } from "../common/model.js";
import { fill } from "../common/text.js";

// Values at hand for painting.
const VALUES = [-1, 0, 0.5, 1, 2];
const FILLS = ["ones", "one-hot", "random"];
// What can be typed starts with one of these.
const STARTS = /^[\d.+\-−]$/;

export function createGradientEditor(model, { root: area, grid }, page, { render, commit }) {
  const fills = FILLS.map((name) => chip(`gradient-${name}`, () => setAll(FILLED[name])));
  const paints = VALUES.map((value) => chip(`paint-${value}`, () => takePaint(value)));
  const [filling, painting] = [fills, paints].map((all) => html("div", { class: "chips" }, html("span", { class: "label" }), ...all));
  // Where the output has no room for it under itself.
  const hint = html("p", { class: "gradient-hint" });
  const root = html("div", { class: "gradient-tools" }, hint, filling, painting);
  const editor = createCellEditor(model, area, outputCells(model, grid), { render, commit, focusStage });
  let stroke = null;

  grid.addEventListener("pointerdown", pressed);
  grid.addEventListener("pointermove", moved);
  grid.addEventListener("pointerup", released);
  grid.addEventListener("pointercancel", released);
  grid.addEventListener("click", (event) => clicked(cellOf(event.target)));
  grid.addEventListener("dblclick", (event) => {
    if (brush() === null) open(cellOf(event.target));
  });
  // Before the output has its say about arrows and Enter.
  grid.addEventListener("keydown", typed, true);

  const FILLED = {
    ones: (values) => values.map(() => 1),
    "one-hot": (values) => oneHot(values.length, chosen()),
    random: (values) => hundredths(values.length),
  };

  function takePaint(value) {
    model.paint = model.paint === value ? null : value;
    render();
  }

  // The brush of the map paints here too.
  function brush() {
    return model.paint ?? model.brush;
  }

  function chosen() {
    const [i, j] = model.cell;
    return i * model.data.outputSize[1] + j;
  }

  function setAll(make) {
    const box = selectedBox(model);
    if (!box) return;
    change(make(gradientOf(model, box)));
    commit();
  }

  function change(values) {
    setGradient(model, values);
    // Where nothing has arrived yet what is typed could not be seen.
    arrive(model);
    render();
  }

  function put({ row, col }, value) {
    const box = selectedBox(model);
    if (box) change(gradientOf(model, box).with(row * model.data.outputSize[1] + col, value));
  }

  function open(at, start) {
    if (at && selectedBox(model)) editor.open(at, start);
  }

  // Where one section alone has a gradient it goes to the section that is chosen.
  function clicked(at) {
    const box = selectedBox(model);
    if (!at || !box || brush() !== null || !isOneHot(gradientOf(model, box))) return;
    const hot = oneHot(gradientOf(model, box).length, at.row * model.data.outputSize[1] + at.col);
    if (hot.every((value, k) => value === gradientOf(model, box)[k])) return;
    change(hot);
    commit();
  }

  function pressed(event) {
    const at = cellOf(event.target);
    if (event.button !== 0 || brush() === null || !at || !selectedBox(model)) return;
    stroke = event.pointerId;
    grid.setPointerCapture(stroke);
    put(at, brush());
  }

  function moved(event) {
    if (stroke !== event.pointerId) return;
    const passedBy = event.getCoalescedEvents?.() ?? [];
    for (const one of passedBy.length ? passedBy : [event]) {
      const at = cellOf(grid.getRootNode().elementFromPoint(one.clientX, one.clientY));
      if (at) put(at, brush());
    }
  }

  function released(event) {
    if (stroke !== event.pointerId) return;
    stroke = null;
    commit();
  }

  function typed(event) {
    const at = cellOf(event.target);
    const { key, ctrlKey, altKey, metaKey } = event;
    if (!at || ctrlKey || altKey || metaKey) return;
    if (key === "Enter") open(at);
    else if (STARTS.test(key)) open(at, key);
    else if (key === "Delete" || key === "Backspace") {
      put(at, 0);
      commit();
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  // Back to the cell whose number was typed: the model's, for the next frame has yet to mark it.
  function focusStage() {
    grid.children[chosen()]?.focus({ preventScroll: true });
  }

  function paint() {
    const { data } = model;
    const { text } = data;
    const box = selectedBox(model);
    const values = box ? gradientOf(model, box) : [];
    const { most } = sendBack(model);
    const look = diverging(pageColour(page));
    setText(hint, box ? text[hintOf(values)] : "");
    setText(filling.firstChild, text["gradient.fill"]);
    setText(painting.firstChild, text["gradient.paint"]);
    const is = [values.every((value) => value === 1), isOneHot(values), false];
    fills.forEach((button, k) => {
      setText(button, text[`gradient.${FILLS[k]}`]);
      button.disabled = !box;
      button.setAttribute("aria-pressed", `${Boolean(box) && is[k]}`);
    });
    paints.forEach((button, k) => {
      const value = VALUES[k];
      setText(button, `${value}`.replace("-", "−"));
      button.disabled = !box;
      button.style.backgroundColor = look.fill(value, most);
      button.style.color = look.ink(value, most);
      button.title = fill(text["gradient.paint.value"], { value: `${value}`.replace("-", "−") });
      button.setAttribute("aria-label", button.title);
      button.setAttribute("aria-pressed", `${model.paint === value}`);
    });
    grid.classList.toggle("painting", brush() !== null);
    editor.paint(0);
  }

  return { root, paint };
}

function chip(name, clicked) {
  const made = html("button", { type: "button", class: "chip-button", "data-testid": name });
  made.addEventListener("click", clicked);
  return made;
}

function outputCells(model, grid) {
  const index = ({ row, col }) => row * model.data.outputSize[1] + col;
  return {
    open: "typing",
    size: () => model.data.outputSize,
    value(at) {
      const box = selectedBox(model);
      return box ? gradientOf(model, box)[index(at)] : Number.NaN;
    },
    name: ({ row, col }) => fill(model.data.text["gradient.edit"], { i: row, j: col }),
    refused(value, typed) {
      const { backward, text } = model.data;
      return Math.abs(value) > backward.most ? fill(text["gradient.too-large"], { text: typed, most: backward.most }) : null;
    },
    put(at, value) {
      const box = selectedBox(model);
      if (box) setGradient(model, gradientOf(model, box).with(index(at), value));
    },
    opened(at) {
      model.cell = [at.row, at.col];
      arrive(model);
    },
    place(at) {
      const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = grid.children[index(at)];
      return { x: offsetLeft + offsetWidth / 2, y: offsetTop + offsetHeight / 2, side: Math.min(offsetWidth, 76) };
    },
  };
}

function cellOf(element) {
  const cell = element?.closest?.("[data-row]");
  return cell ? { row: Number(cell.dataset.row), col: Number(cell.dataset.col) } : null;
}
