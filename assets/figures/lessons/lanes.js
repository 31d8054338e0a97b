// The cut in the learner's hand: a bar for each section's columns, under the map, and one for its rows,
// beside it. Each lies in a lane of its own, so that overlaps are seen, and has a grip at either end.

import { sectionColour } from "../common/colour.js";
import { html, setText } from "../common/dom.js";
import { fill, span as cellsOf } from "../common/text.js";
import { AXES, grasp, isSameSpan, keyed, shifted, withEdge, withSpan } from "./cutting.js";
import { isJudged, isOpen, ownAnswer, setDraft } from "./model.js";
import { mark } from "./signs.js";

const ENDS = ["start", "stop"];
// px within which an end is meant, and not the bar between the ends.
const REACH = 20;

export function createLanes(model, { render }) {
  const roots = Object.fromEntries(AXES.map((axis) => [axis, createAxis(axis, model, render)]));

  // Where the two meet, which is which.
  const names = AXES.map((axis) => html("span", { class: axis }));
  const corner = html("div", { class: "lanes-corner", "aria-hidden": "true" }, ...names);

  function paint(cell) {
    AXES.forEach((axis, k) => {
      roots[axis].paint(cell);
      setText(names[k], model.data.text[`axis.${axis}`]);
    });
  }

  return { rows: roots.rows.root, cols: roots.cols.root, corner, paint };
}

function createAxis(axis, model, render) {
  const root = html("div", { class: `lanes ${axis}`, role: "group", "data-testid": `lanes-${axis}` });
  let lanes = [];
  let hold = null;
  const size = () => model.data[axis];

  root.addEventListener("pointerdown", (event) => {
    const lane = event.target.closest(".lane");
    if (!lane || event.button !== 0 || !isOpen(model)) return;
    const k = lanes.findIndex((one) => one.root === lane);
    const named = event.target.closest("[data-end]")?.dataset.end;
    const from = model.draft[axis][k];
    model.held = { axis, k };
    hold = { k, from, at: along(event), end: named ?? grasp(from, along(event), REACH / cellSize()), pointer: event.pointerId };
    root.setPointerCapture(event.pointerId);
    event.preventDefault();
    lanes[k].ends[hold.end === "stop" ? 1 : 0].focus({ preventScroll: true });
    if (!named && hold.end !== "move") pull(event, true);
    render();
  });
  root.addEventListener("pointermove", (event) => {
    if (hold?.pointer === event.pointerId) pull(event);
  });
  for (const name of ["pointerup", "pointercancel"]) root.addEventListener(name, letGo);
  root.addEventListener("keydown", (event) => {
    const { end } = event.target.dataset;
    if (!end || !isOpen(model) || event.ctrlKey || event.altKey || event.metaKey) return;
    const k = lanes.findIndex((one) => one.root === event.target.closest(".lane"));
    const to = keyed(model.draft[axis][k], end, event.key, size());
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    put(k, to);
  });

  // Whoever goes from grip to grip by keyboard sees on the map what each of them cuts.
  root.addEventListener("focusin", ({ target }) => {
    if (!hold && isOpen(model) && target.matches(":focus-visible")) model.held = { axis, k: lanes.findIndex((one) => one.root === target.closest(".lane")) };
    render();
  });
  root.addEventListener("focusout", () => {
    if (!hold) model.held = null;
    render();
  });

  function cellSize() {
    const place = root.getBoundingClientRect();
    return (axis === "rows" ? place.height : place.width) / size();
  }

  // Where the pointer is, in cells from the start of the map.
  function along({ clientX, clientY }) {
    const place = root.getBoundingClientRect();
    return (axis === "rows" ? clientY - place.top : clientX - place.left) / cellSize();
  }

  // A grip is pulled by as much as the hand moves; a press beside it brings it there.
  function pull(event, here = false) {
    const { k, from, at, end } = hold;
    const by = Math.round(along(event) - at);
    const base = end === "start" ? from[0] : from[1];
    const to = here ? Math.round(along(event)) : base + by;
    put(k, end === "move" ? shifted(from, by, size()) : withEdge(from, end, to, size()));
    if (here) hold.from = model.draft[axis][k];
  }

  function put(k, span) {
    if (isSameSpan(model.draft[axis][k], span)) return;
    setDraft(model, withSpan(model.draft, axis, k, span));
    render();
  }

  function letGo({ pointerId }) {
    if (hold?.pointer !== pointerId) return;
    hold = model.held = null;
    render();
  }

  function paint(cell) {
    const { data } = model;
    const judged = isJudged(model);
    const own = ownAnswer(model)?.[axis] ?? null;
    const shown = judged ? data.verdict.answer[axis] : own ?? data.start?.[axis] ?? [];
    if (lanes.length !== shown.length) {
      lanes = shown.map((_, k) => createLane(axis, k));
      root.replaceChildren(...lanes.map((lane) => lane.root));
    }
    root.setAttribute("aria-label", data.text[`bars.${axis}`]);
    root.classList.toggle("open", isOpen(model));
    lanes.forEach((lane, k) => {
      const differs = judged && own !== null && !isSameSpan(own[k], shown[k]);
      paintLane(lane, { axis, k, cell, size: size(), span: shown[k], own: differs ? own[k] : null, judged, held: hold?.k === k }, data);
    });
  }

  return { root, paint };
}

function createLane(axis, k) {
  const [bar, mine] = ["", " mine"].map((kind) => html("div", { class: `bar${kind}` }, html("span", { class: "cells" }), mark(kind ? "no" : "yes")));
  const orient = axis === "rows" ? "vertical" : "horizontal";
  const ends = ENDS.map((end) => html("div", { class: `edge ${end}`, role: "slider", "aria-orientation": orient, "data-end": end, "data-testid": `edge-${axis}-${k}-${end}` }));
  const root = html("div", { class: "lane" }, html("i", { class: "rail" }), mine, bar, ...ends);
  root.style.setProperty("--section", axis === "rows" ? sectionColour(k, 0) : sectionColour(0, k));
  return { root, bar, mine, ends };
}

// Of a lane that was judged the right bar stands alone, or under the learner's where that differs.
function paintLane({ root, bar, mine, ends }, { axis, k, cell, size, span, own, judged, held }, { box, text }) {
  root.classList.toggle("differs", own !== null);
  root.classList.toggle("held", held);
  root.style.setProperty("--cell", `${cell}px`);
  const [from, to] = box?.[axis] ?? [0, size];
  root.style.setProperty("--from", Math.max(0, from));
  root.style.setProperty("--to", Math.min(size, to));
  place(bar, span);
  mine.hidden = own === null;
  if (own) place(mine, own);
  root.classList.toggle("judged-lane", judged);
  ends.forEach((end, at) => {
    end.hidden = judged;
    end.tabIndex = 0;
    end.style.setProperty("--at", span[at]);
    const says = span[0] === span[1] ? "empty" : ENDS[at];
    const values = { k, at: at === 0 ? span[0] : span[1] - (says === "empty" ? 0 : 1) };
    const spoken = { valuemin: at ? span[0] : 0, valuemax: at ? size : span[1], valuenow: span[at], valuetext: fill(text[`edge.${says}.${axis}`], values), label: fill(text[`grip.${ENDS[at]}.${axis}`], { k }) };
    for (const [name, value] of Object.entries(spoken)) end.setAttribute(`aria-${name}`, value);
  });
}

function place(bar, [start, stop]) {
  bar.style.setProperty("--start", start);
  bar.style.setProperty("--stop", stop);
  bar.classList.toggle("none", start === stop);
  setText(bar.firstChild, start === stop ? "∅" : cellsOf(start, stop));
}
