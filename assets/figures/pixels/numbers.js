// The numbers beside the views: the box to type in, what rounding makes of it in words, both outputs.

import { fill as colour, ink, sectionColour } from "../common/colour.js";
import { isOn } from "../common/looks.js";
import { html, setText, toggle } from "../common/dom.js";
import { fill, number, parse, tenths } from "../common/text.js";
import { plainField } from "../common/typed.js";
import { cellsIn, roundingOf } from "./rounding.js";

const CORNERS = ["x1", "y1", "x2", "y2"];
const LARGEST = 40;
const WIDEST = 132;
const READABLE = 30;
// Longer lists of spans are left out.
const MOST_SPANS = 4;

export function createFields(model, { commit, render }) {
  const inputs = CORNERS.map((name) => html("input", { inputmode: "decimal", autocomplete: "off", "data-testid": name }));
  const labels = inputs.map((input, k) => html("label", {}, html("span", {}, CORNERS[k]), input));
  const size = html("span", { class: "size", "data-testid": "size" });
  const roundings = ["cols", "rows"].map(() => html("span"));
  const rounding = html("p", { class: "rounding", "data-testid": "rounding" }, ...roundings);
  const problem = html("p", { class: "problem", role: "alert" });
  const root = html("div", { class: "fields" }, ...labels, size, rounding, problem);
  inputs.forEach((input, k) => input.addEventListener("change", () => typed(k, plainField(input))));

  // What is typed may be a fraction: Python cuts that box, and it is shown when it has.
  function typed(k, written) {
    model.drafts.set(k, written);
    const numbers = CORNERS.map((_, i) => (model.drafts.has(i) ? parse(model.drafts.get(i)) : model.view.numbers[i]));
    if (numbers.every((value) => value !== null)) {
      const { boxes, selected } = model;
      const all = boxes.map((box) => box.numbers);
      commit({ boxes: all.with(selected, [all[selected][0], ...numbers]) });
    }
    render();
  }

  function paint() {
    const { data, view, drafts } = model;
    const { text } = data;
    const focused = root.getRootNode().activeElement;
    inputs.forEach((input, k) => {
      const written = drafts.get(k) ?? `${view.numbers[k]}`;
      if (focused !== input || !drafts.has(k)) if (input.value !== written && focused !== input) input.value = written;
      toggle(input, "aria-invalid", drafts.has(k) && parse(written) === null);
      input.setAttribute("aria-label", text[`pixels.field.${CORNERS[k]}`]);
    });
    const [x1, y1, x2, y2] = view.numbers;
    const shown = fill(text["pixels.size"], { wide: tenths(x2 - x1), high: tenths(y2 - y1) });
    setText(size, `${shown} · ${fill(text["pixels.scale"], { stride: data.stride })}`);
    roundingOf(model).forEach((said, k) => setText(roundings[k], said));
    const words = [...drafts.values()].filter((written) => parse(written) === null);
    const said = words.map((written) => fill(text["problem.not_a_number"], { text: written }));
    setText(problem, [...said, ...(drafts.size && data.problem ? [data.problem] : [])].join(" "));
    problem.hidden = !problem.textContent;
  }

  return { root, paint };
}

// What was typed and could be used is the box now; what couldn't stays to be mended.
export function settleFields(model) {
  if (!model.data.problem) for (const [k, written] of model.drafts) if (parse(written) !== null) model.drafts.delete(k);
}

// In Python's words; of a box in the hand the same sentence with its numbers.
export function sentenceOf(model) {
  const { data, view, held, step } = model;
  const [left, top, right, bottom] = view.touched;
  const none = left === right || top === bottom;
  if (step === "second" && view.cols.starts.length && !none) return secondSentence(model);
  if (!held) return data.sentence;
  const [x1, y1, x2, y2] = view.numbers;
  const name = none ? "pixels.sentence.none" : view.lost || view.taken ? "pixels.sentence" : "pixels.sentence.exact";
  return fill(data.text[name], {
    wide: tenths(x2 - x1),
    high: tenths(y2 - y1),
    cols: tenths((right - left) / data.stride),
    rows: tenths((bottom - top) / data.stride),
    cells_wide: tenths(right - left),
    cells_high: tenths(bottom - top),
    lost: tenths((100 * view.lost) / view.area),
    taken: tenths((100 * view.taken) / view.area),
  });
}

// What the sections would be, and what whole cells make of them.
function secondSentence({ data, view }) {
  const [high, wide] = data.outputSize;
  const [left, top, right, bottom] = view.touched.map((pixel) => pixel / data.stride);
  const name = Math.max(high, wide) > MOST_SPANS ? "pixels.sentence.second.many" : "pixels.sentence.second";
  return fill(data.text[name], {
    high,
    wide,
    cols: right - left,
    rows: bottom - top,
    ideal_wide: tenths((right - left) / wide),
    ideal_high: tenths((bottom - top) / high),
    col_spans: spans(view.cols),
    row_spans: spans(view.rows),
  });
}

function spans({ starts, stops }) {
  return starts.map((start, i) => cellsIn(start, stops[i])).join(" | ");
}

// RoIPool − RoIAlign = difference, each as large as the output.
export function createOutputs() {
  const grids = ["pooled", "averaged", "difference"].map(createValues);
  const signs = ["−", "="].map((sign) => html("span", { class: "sign", "aria-hidden": "true" }, sign));
  const root = html("div", { class: "equation" }, grids[0].root, signs[0], grids[1].root, signs[1], grids[2].root);

  function paint(model) {
    const { view, data } = model;
    const hidden = isOn("hide");
    const told = (values) => (hidden ? values.map(() => NaN) : values);
    const difference = view.pooled.map((value, k) => value - view.averaged[k]);
    const empty = view.bins.map((bin) => bin.empty && !hidden);
    grids[0].paint(model, told(view.pooled), true, empty);
    grids[1].paint(model, told(view.averaged), true, []);
    grids[2].paint(model, told(difference), false, []);
    root.classList.toggle("waiting", !view.pooled.length);
    root.setAttribute("aria-label", data.text["pixels.outputs"]);
  }

  return { root, paint };
}

function createValues(name) {
  const title = html("h3", { class: "label" });
  const grid = html("div", { class: "values", "data-testid": name });
  const root = html("div", {}, title, grid);
  let size = "";

  function paint({ data, range }, values, coloured, empty) {
    const [high, wide] = data.outputSize;
    const side = Math.min(LARGEST, WIDEST / Math.max(high, wide));
    build(high, wide, side);
    setText(title, data.text[`pixels.output.${name}`]);
    [...grid.children].forEach((cell, k) => {
      const value = values[k];
      const key = [isOn("hide"), value, empty[k], range.low, range.high].join();
      if (cell.dataset.painted === key) return;
      cell.dataset.painted = key;
      cell.dataset.value = isOn("hide") ? "" : (value ?? "");
      const written = isOn("hide") ? "?" : Number.isFinite(value) ? `${!coloured && value > 0 ? "+" : ""}${number(value)}` : "…";
      cell.title = written.replace("-", "−");
      // A section without a cell has an output too, and it is no cell's value.
      toggle(cell, "data-empty", Boolean(empty[k]));
      Object.assign(cell.style, coloured ? valueColours(empty[k] ? NaN : value, range) : differenceColours(value, range));
      setText(cell, side < READABLE ? "" : empty[k] ? `∅ ${cell.title}` : cell.title);
    });
  }

  function build(high, wide, side) {
    if (size === `${high},${wide}`) return;
    size = `${high},${wide}`;
    // As large as a number is written.
    grid.style.gridTemplateColumns = `repeat(${wide}, ${side < READABLE ? `${side}px` : `max(${side}px, var(--number, 3.6em))`})`;
    grid.style.gridAutoRows = side < READABLE ? `${side}px` : "max(32px, 1.8em)";
    grid.classList.toggle("small", side < READABLE);
    const cells = [];
    for (let i = 0; i < high; i += 1) {
      for (let j = 0; j < wide; j += 1) {
        const cell = html("div", { "data-row": i, "data-col": j });
        cell.style.setProperty("--section", sectionColour(i, j));
        cells.push(cell);
      }
    }
    grid.replaceChildren(...cells);
  }

  return { root, paint };
}

function valueColours(value, range) {
  const known = Number.isFinite(value);
  return { backgroundColor: known ? colour(value, range) : "", color: known ? ink(value, range) : "" };
}

// Not viridis, which is for values: the further from nothing, the more of the ink.
function differenceColours(value, { low, high }) {
  const share = Number.isFinite(value) ? Math.min(1, Math.abs(value) / (high - low || 1)) : 0;
  return { backgroundColor: `color-mix(in srgb, var(--ink) ${(40 * share).toFixed(0)}%, var(--page))` };
}
