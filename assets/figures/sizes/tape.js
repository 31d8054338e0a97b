// A tape from 0 to as many cells as there can be, whose end is pulled to the length of the box.

import { html, svg } from "../common/dom.js";
import { adopt, selectedBox, setBox } from "../common/model.js";
import { fill } from "../common/text.js";
import { lengthened, spanOf } from "./reading.js";

// Under the line, and between it and what is over the numbers.
const UNDER = 12;
const OVER = 12;
const EDGE = 12;

const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -8, PageUp: 8 };

export function createTape(model, axis, { render, commit, soon }) {
  const ticks = svg("g", { class: "tape-ticks" });
  const span = svg("rect", { class: "tape-span", height: 8, rx: 2 });
  const grip = svg("rect", { class: "grip", width: 12, height: 20, rx: 3 });
  const hold = svg("rect", { class: "hold", width: 36, y: 0 });
  const end = svg("g", { class: "tape-end", role: "slider", tabindex: 0, "data-testid": "ruler-end" }, grip, hold);
  const lines = svg("svg", {}, ticks, span, end);
  const root = html("div", { class: "tape" }, lines);
  let painted = "";
  let cell = 1;

  root.addEventListener("pointerdown", pressed);
  root.addEventListener("pointermove", moved);
  root.addEventListener("pointerup", released);
  root.addEventListener("pointercancel", cancelled);
  end.addEventListener("keydown", keyed);

  // The spans that the gesture began with: pulled back, the box starts where it started.
  function spans() {
    const box = selectedBox(model);
    const { most } = model.data.ruler;
    return box && { rows: spanOf(box, "rows", most), cols: spanOf(box, "cols", most) };
  }

  function pull(from, wanted) {
    const { most } = model.data.ruler;
    const { rows, cols } = { ...from, [axis()]: lengthened(from[axis()], wanted, most) };
    setBox(model, model.selected, rows, cols);
    render();
  }

  function pressed(event) {
    const from = spans();
    if (event.button !== 0 || model.gesture || !from) return;
    const finger = event.pointerType === "touch";
    const held = end.contains(event.target);
    model.gesture = { kind: "box", pointer: event.pointerId, from, changed: false, tap: finger && !held };
    root.setPointerCapture(event.pointerId);
    end.focus({ preventScroll: true });
    event.preventDefault();
    // A finger may be on its way down the page.
    moved(event, !held && !finger);
  }

  function moved(event, jumps = true) {
    const { gesture } = model;
    if (gesture?.pointer !== event.pointerId || !jumps) return;
    const n = Math.round((event.clientX - lines.getBoundingClientRect().left - EDGE) / cell);
    if (n === gesture.n) return;
    Object.assign(gesture, { n, changed: true });
    pull(gesture.from, n);
  }

  function released(event) {
    const { gesture } = model;
    if (gesture?.pointer !== event.pointerId) return;
    if (gesture.tap) moved(event);
    model.gesture = null;
    if (gesture.changed) commit();
    // An answer that came while the end was only held has waited.
    else adopt(model, model.data);
    render();
  }

  // The browser scrolls with this finger: it has pulled at nothing.
  function cancelled(event) {
    const { gesture } = model;
    if (gesture?.pointer !== event.pointerId) return;
    model.gesture = null;
    if (gesture.changed) setBox(model, model.selected, gesture.from.rows, gesture.from.cols);
    adopt(model, model.data);
    render();
  }

  function keyed(event) {
    const from = spans();
    const { key } = event;
    if (!from || event.ctrlKey || event.altKey || event.metaKey) return;
    const n = from[axis()][1] - from[axis()][0];
    const wanted = key === "Home" ? 1 : key === "End" ? model.data.ruler.most : n + STEPS[key];
    if (Number.isNaN(wanted)) return;
    // Here the arrows pull the end, and the box stays.
    event.preventDefault();
    event.stopPropagation();
    pull(from, wanted);
    soon();
  }

  function paint(width, n) {
    const { ruler, text } = model.data;
    const line = parseFloat(getComputedStyle(root).fontSize) + OVER;
    const key = `${width},${line},${n},${ruler.most},${model.data.language},${axis()}`;
    if (key === painted) return;
    painted = key;
    cell = (width - 2 * EDGE) / ruler.most;
    lines.setAttribute("width", width);
    lines.setAttribute("height", line + UNDER);
    hold.setAttribute("height", line + UNDER);
    const at = EDGE + n * cell;
    ticks.replaceChildren(...marks(ruler.most, line));
    span.setAttribute("x", EDGE);
    span.setAttribute("y", line - 4);
    span.setAttribute("width", n * cell);
    grip.setAttribute("x", at - 6);
    grip.setAttribute("y", line - 10);
    hold.setAttribute("x", at - 18);
    end.setAttribute("aria-label", fill(text["ruler.end"], { axis: text[`ruler.${axis()}`] }));
    end.setAttribute("aria-valuemin", 1);
    end.setAttribute("aria-valuemax", ruler.most);
    end.setAttribute("aria-valuenow", n);
  }

  function marks(most, line) {
    const made = [svg("path", { class: "tape-line", d: `M${EDGE} ${line}h${most * cell}` })];
    for (let k = 0; k <= most; k += 1) {
      const long = k % 8 === 0;
      if (!long && cell < 4) continue;
      const x = EDGE + k * cell;
      made.push(svg("path", { class: "tape-line", d: `M${x} ${line}v${long ? -9 : -5}` }));
      if (long) made.push(svg("text", { x, y: line - 13 }, `${k}`));
    }
    return made;
  }

  return { root, paint };
}
