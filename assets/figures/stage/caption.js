// The sentence under the timeline, and the arithmetic of the cut beside it.

import { brushWords } from "./brush.js";
import { derivation } from "../common/bins.js";
import { endOf, placed, startOf } from "../common/formula.js";
import { html, setText } from "../common/dom.js";
import { isOn } from "../common/looks.js";
import { scene, selectedBox, shown, told, waits } from "../common/model.js";
import { fill, named, number, signed, span } from "../common/text.js";
import { isAcknowledged } from "../common/unanswered.js";

// The steps at which every section has its maximum.
const ALL_FOUND = ["maxima", "output"];

// `live` makes the sentence of a model while the box is in the hand, of the place that the box has.
export function createCaption(model, live = pooledLive) {
  const root = html("p", {
    class: "caption",
    "data-testid": "caption",
    role: "status",
    "aria-live": "polite",
    "aria-atomic": "true",
  });

  function paint() {
    const now = scene(model);
    const moving = model.gesture?.kind === "box" || !isAcknowledged(model);
    // The cells that the scan runs over while it plays are for the eye; speech waits for the stop.
    root.setAttribute("aria-busy", `${model.playing && !now.stop}`);
    setText(root, moving && selectedBox(model) ? live(model, placeOf(model)) : brushWords(model) || emptyText(model) || changed(now) || settled(model));
  }

  // What has come of a change stays said until the next step: whoever asked "what if" has let go by then.
  function changed({ kind }) {
    const tells = model.touched && live === pooledLive && ALL_FOUND.includes(kind) && !isOn("hide");
    return tells ? live(model, placeOf(model)) : "";
  }

  return { root, paint };
}

// A change of which nothing is seen yet: what shows it stands beside.
function settled(model) {
  const said = told(model);
  return waits(model) ? fill(model.data.text["caption.waits"], { said }) : said;
}

function emptyText(model) {
  return selectedBox(model) ? "" : model.data.text["caption.empty"];
}

// Where the box in the hand lies, and how large it is there.
function placeOf({ data, boxes, selected }) {
  const { rows, cols } = boxes[selected];
  return {
    rows: capital(named(data.text, "rows", ...rows.span)),
    cols: named(data.text, "cols", ...cols.span),
    high: Math.max(0, rows.span[1] - rows.span[0]),
    wide: Math.max(0, cols.span[1] - cols.span[0]),
  };
}

// While the box is in the hand the sentence follows it; Python's own comes with its answer.
export function pooledLive(model, place) {
  const { data, bins } = model;
  const { sections, found } = shown(model);
  const values = bins.map((bin) => (bin.empty ? "∅" : number(bin.value)));
  const few = values.length <= data.mostSpoken && place.high > 0 && place.wide > 0;
  const key = !sections ? "live.place" : found < Infinity || !few ? "live.many" : "live";
  return fill(data.text[key], { ...place, count: values.length, values: values.join(data.text.list) });
}

function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export function createArithmetic(model) {
  const rows = html("table", {});
  const cols = html("table", {});
  const root = html("section", { class: "arithmetic", "data-testid": "arithmetic" }, rows, cols);
  let painted = "";

  function paint() {
    const view = shown(model);
    root.classList.toggle("waiting", !view.sections);
    const box = view.box && !view.hidden ? selectedBox(model) : null;
    const { data } = model;
    const active = activeSection(model, view);
    const key = JSON.stringify([box, data.outputSize, data.rule, data.language, active]);
    if (key === painted) return;
    painted = key;
    root.hidden = !box;
    // What is not shown is not there either.
    if (!box) return [rows, cols].forEach((one) => one.replaceChildren());
    table(rows, data, "rows", box, data.rows, active?.[0]);
    table(cols, data, "cols", box, data.cols, active?.[1]);
    return undefined;
  }

  return { root, paint };
}

// [i, j] of the section that the scan is in or the pointer is on.
export function activeSection(model, view) {
  return view.section ?? model.hover?.section ?? binUnderPointer(model, view);
}

function binUnderPointer(model, view) {
  const at = model.hover?.cell;
  if (!at || !view.sections || model.gesture) return undefined;
  const bin = model.bins.find(
    ({ top, bottom, left, right }) =>
      top <= at.row && at.row < bottom && left <= at.col && at.col < right,
  );
  return bin && [bin.i, bin.j];
}

// A line a section: where it starts and before which cell it stops, and the cells that are in it.
function table(element, data, name, { [name]: axis, whole }, size, active) {
  const { text, rule } = data;
  const [start, stop] = axis.span;
  const count = axis.starts.length;
  const n = stop - start;
  const edges = whole ? derivation(data.edges[name], axis, size) : null;
  const heading = fill(text[`arithmetic.${name}`], { n, start: signed(start), count });
  const cut = { ...rule, n, count, edges };
  const lines = axis.starts.map((first, i) => {
    const last = axis.stops[i];
    const formulas = edges
      ? [placed(startOf(cut, i), edges[0][i], start, first), placed(endOf(cut, i), edges[1][i], start, last)]
      : [];
    const cells = last > first ? span(first, last) : named(text, name, first, last);
    return html(
      "tr",
      { class: i === active ? "active" : "" },
      ...formulas.map((formula) => html("td", {}, formula)),
      html("td", { class: "cells" }, cells),
    );
  });
  const ends = edges ? [text["arithmetic.start"], text["arithmetic.stop"]] : [];
  const heads = [...ends, text[`arithmetic.cells.${name}`]].map((head) => html("th", { scope: "col" }, head));
  element.replaceChildren(
    html("caption", {}, heading),
    html("thead", {}, html("tr", {}, ...heads)),
    html("tbody", {}, ...lines),
  );
  scrollTo(element, element.querySelector(".active"));
}

// Only the table scrolls: scrollIntoView would take the page along.
function scrollTo(element, line) {
  if (!line) return;
  const offset = line.getBoundingClientRect().top - element.getBoundingClientRect().top;
  element.scrollTop += offset - element.clientHeight / 2;
}
