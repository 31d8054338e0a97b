// Every length in every number of sections at once: a cell a case, coloured by what was asked of it.
//
// Pointing names a case and a click loads it; so do the arrow keys and Enter. Under a finger cells are
// too small to be seen: they are shown over it, enlarged, until it is lifted, which loads the case. One
// that goes up or down scrolls the page. The sentences come from Python, one for each value.

import { fill as colour } from "../common/colour.js";
import { html, setText } from "../common/dom.js";
import { px } from "../common/geometry.js";
import { fill } from "../common/text.js";
import { createPainter, mounted } from "../common/mount.js";
import { createLens } from "./lens.js";

const ROW = 20; // px of a cell's height, on a larger screen more
const GAP = 1;
const NUMBER = 1.1; // of its type, what a number at the edge takes
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export default mounted(createHeatMap);

function createHeatMap(host) {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const said = html("p", { class: "case", role: "status", "data-testid": "heatmap-case" });
  const cursor = html("div", { class: "cursor", hidden: "" });
  const rings = [0, 1].map(() => html("div", { class: "here", "data-testid": "heatmap-here" }));
  const lens = createLens();
  const field = html("div", { class: "field", "data-testid": "heatmap", tabindex: "0", role: "application" }, canvas, ...rings, cursor, lens.root);
  const [x, y] = ["x", "y"].map((name) => html("div", { class: `edge ${name}`, "aria-hidden": "true" }));
  const [titleX, titleY] = ["x", "y"].map((name) => html("p", { class: `title ${name}`, "aria-hidden": "true" }));
  const scale = html("div", { class: "scale", "aria-hidden": "true" });
  const head = html("div", { class: "head" }, said, scale);
  host.replaceChildren(html("div", { class: "heatmap" }, head, titleY, y, field, x, titleX));
  const painter = createPainter(host, paint);
  let data = null;
  let at = null; // the case that is pointed at, [n, P]
  let finger = null; // the pointer that is on the glass
  let load = () => {};

  field.addEventListener("pointerdown", (event) => isTouch(event) && followed(event));
  field.addEventListener("pointermove", (event) => (isTouch(event) ? followed(event) : pointAt(under(event))));
  field.addEventListener("pointerup", (event) => {
    if (finger !== event.pointerId) return;
    finger = null;
    choose(under(event));
  });
  // The page scrolls: nothing was chosen.
  field.addEventListener("pointercancel", () => {
    finger = null;
    pointAt(null);
  });
  field.addEventListener("pointerleave", (event) => isTouch(event) || document.activeElement === host || pointAt(null));
  // Of a finger it comes late, and where the figure stands by then may be another place.
  field.addEventListener("click", (event) => isTouch(event) || choose(under(event)));
  field.addEventListener("focus", () => pointAt(at ?? data.here[0]));
  field.addEventListener("blur", () => pointAt(null));
  field.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    const now = at ?? data.here[0];
    if (arrow) pointAt([held(now[0] + arrow[0], data.longest), held(now[1] + arrow[1], data.most)]);
    else choose(now);
  });

  function followed(event) {
    finger = event.pointerId;
    pointAt(under(event));
  }

  function under({ clientX, clientY }) {
    const place = canvas.getBoundingClientRect();
    const n = 1 + Math.floor(((clientX - place.left) / place.width) * data.longest);
    const count = data.most - Math.floor(((clientY - place.top) / place.height) * data.most);
    return [held(n, data.longest), held(count, data.most)];
  }

  function pointAt(wanted) {
    at = wanted;
    painter.render();
  }

  function choose(wanted) {
    at = wanted;
    load(wanted);
    painter.render();
  }

  function paint() {
    if (!data || !field.clientWidth) return;
    const cell = field.clientWidth / data.longest;
    const row = px(ROW);
    field.style.height = `${data.most * row}px`;
    paintCells(canvas, data, cell, row);
    field.setAttribute("aria-label", data.label);
    const shown = at ?? data.here[0];
    const [n, count] = shown;
    setText(said, fill(data.text.case, { n, p: count, told: data.told[data.cells[(count - 1) * data.longest + n - 1]] }));
    said.dataset.case = `${n},${count}`;
    said.classList.toggle("pointed", at !== null);
    place(cursor, at, cell, row, data);
    lens.paint(finger === null ? null : at, { data, width: field.clientWidth, cell, row });
    rings.forEach((ring, k) => place(ring, data.here[k], cell, row, data));
    ticks(x, data.longest, cell < 12 ? 16 : 8, (i) => (i - 0.5) * cell, cell);
    ticks(y, data.most, 2, (i) => (data.most - i + 0.5) * row, row);
    setText(titleX, data.text.x);
    setText(titleY, data.text.y);
    paintScale(scale, data);
  }

  return {
    update(sent, { setTriggerValue }) {
      data = sent;
      load = (wanted) => setTriggerValue("case", wanted);
      paint();
    },
    destroy: painter.destroy,
  };
}

function isTouch({ pointerType }) {
  return pointerType === "touch";
}

function held(value, most) {
  return Math.max(1, Math.min(most, value));
}

function paintCells(canvas, { cells, values, longest, most, range }, cell, row) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(longest * cell * ratio);
  canvas.height = Math.round(most * row * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const gap = cell > 4 ? GAP : 0;
  cells.forEach((index, i) => {
    const value = values[index];
    if (value === null) return; // infinite: left blank
    context.fillStyle = colour(value, range);
    const line = Math.floor(i / longest);
    context.fillRect((i % longest) * cell, (most - 1 - line) * row, cell - gap, row - GAP);
  });
}

function place(element, wanted, cell, row, { most }) {
  element.hidden = !wanted;
  if (!wanted) return;
  const [n, count] = wanted;
  element.style.setProperty("--x", `${(n - 0.5) * cell}px`);
  element.style.setProperty("--y", `${(most - count + 0.5) * row}px`);
  element.dataset.case = `${n},${count}`;
}

// One in `every`, or in several of them where the type is large for cells of this size, and the first.
function ticks(axis, most, every, lies, size) {
  const type = NUMBER * parseFloat(getComputedStyle(axis).fontSize);
  const step = every * Math.max(1, Math.ceil(type / (every * size)));
  const numbers = (step - 1) * size < type ? [] : [1];
  for (let i = step; i <= most; i += step) numbers.push(i);
  axis.replaceChildren(
    ...numbers.map((i) => {
      const mark = html("span", {}, `${i}`);
      mark.style.setProperty("--at", `${lies(i)}px`);
      return mark;
    }),
  );
}

function paintScale(scale, { range, text }) {
  const colours = Array.from({ length: 9 }, (_, k) => colour(range.low + ((range.high - range.low) * k) / 8, range));
  const bar = html("i", {});
  bar.style.background = `linear-gradient(to right, ${colours.join()})`;
  scale.replaceChildren(text.bar, html("b", {}, `${range.low}`), bar, html("b", {}, text.high));
}
