// The learner's own box on the map: dragged and pulled at its handles, or moved with the arrows.

import { html, setText, svg } from "../common/dom.js";
import { HANDLES, pulled } from "../common/geometry.js";
import { createHandle, placeHandles } from "../common/handles.js";
import { set, sizeLayer } from "../common/outlines.js";
import { pixels } from "../common/paths.js";
import { fill, named } from "../common/text.js";
import { isJudged, isOpen, ownAnswer, setDraft } from "./model.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function createBoxInHand(model, map, { render }) {
  const body = svg("rect", { class: "roi-body", "data-handle": "move", "data-testid": "roi-0" });
  const handles = svg("g", { class: "handles" }, ...HANDLES.map((name) => createHandle(0, name)));
  const drawn = svg("svg", { class: "overlay", "aria-hidden": "true" }, svg("g", { class: "roi selected" }, body), handles);
  // Takes the keyboard, and says where the box is.
  const stop = html("div", { class: "box-stop", role: "application", tabindex: 0, "data-testid": "box" });
  const layer = html("div", { class: "box-layer" }, stop, drawn);
  const side = html("p", { class: "box-said", role: "status", "data-testid": "box-said" });
  let hold = null;

  layer.addEventListener("pointerdown", (event) => {
    const { handle } = event.target.dataset;
    if (!handle || event.button !== 0 || hold || !isOpen(model)) return;
    hold = { handle, pointer: event.pointerId, x: event.clientX, y: event.clientY, from: model.draft };
    layer.setPointerCapture(event.pointerId);
    event.preventDefault();
    stop.focus({ preventScroll: true });
    render();
  });
  layer.addEventListener("pointermove", (event) => {
    if (hold?.pointer !== event.pointerId) return;
    const place = map.getBoundingClientRect();
    const down = Math.round(((event.clientY - hold.y) / place.height) * model.data.rows);
    const across = Math.round(((event.clientX - hold.x) / place.width) * model.data.cols);
    put(pulled(hold.from, hold.handle, down, across, model.data));
  });
  for (const name of ["pointerup", "pointercancel"]) {
    layer.addEventListener(name, ({ pointerId }) => {
      if (hold?.pointer !== pointerId) return;
      hold = null;
      render();
    });
  }
  // Chromium does not always heed touch-action inside an SVG.
  layer.addEventListener("touchstart", (event) => event.target.dataset.handle && event.preventDefault(), { passive: false });
  stop.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.altKey || event.metaKey || !isOpen(model)) return;
    event.preventDefault();
    event.stopPropagation();
    put(pulled(model.draft, event.shiftKey ? "se" : "move", ...arrow, model.data));
  });

  function put(box) {
    if (JSON.stringify(box) === JSON.stringify(model.draft)) return;
    setDraft(model, box);
    render();
  }

  // What was told before is not to be found in the page while the answer is hidden.
  function forget() {
    setText(side, "");
    stop.removeAttribute("aria-label");
    stop.removeAttribute("style");
  }

  function paint(cell) {
    const { data } = model;
    const { rows, cols, text } = data;
    const box = ownAnswer(model) ?? (isJudged(model) ? data.verdict.answer : null);
    layer.hidden = side.hidden = !box;
    if (!box) return forget();
    const place = pixels(box, cell);
    const open = isOpen(model);
    sizeLayer(drawn, rows, cols, cell);
    for (const [name, value] of Object.entries(place)) set(body, name, value);
    placeHandles(handles, place, cell);
    layer.classList.toggle("held", hold !== null);
    drawn.style.display = open ? "" : "none";
    for (const [name, value] of Object.entries({ left: place.x, top: place.y, width: place.width, height: place.height })) stop.style[name] = `${value}px`;
    const said = ["rows", "cols"].map((axis) => named(text, axis, ...box[axis])).join(text.list);
    const size = fill(text["box.size"], { high: box.rows[1] - box.rows[0], wide: box.cols[1] - box.cols[0] });
    stop.setAttribute("aria-label", fill(text["box.label"], { said }));
    stop.tabIndex = open ? 0 : -1;
    setText(side, `${said} · ${size}`);
  }

  return { layer, side, paint };
}
