// The box in the hand: the pointer on either view, and the keyboard. By whole pixels of the image.

import { pulled } from "../common/geometry.js";
import { adopt, imageSize, setBox, wholeBox } from "./model.js";
import { watchPage } from "../common/pagekeys.js";
import { createRest } from "../common/rest.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// A press that moves nothing is a tap, which is `tapped` instead.
export function createPointer(model, map, { render, commit, focus }, tapped = () => {}) {
  map.addEventListener("pointerdown", pressed);
  map.addEventListener("pointermove", moved);
  map.addEventListener("pointerup", released);
  map.addEventListener("pointercancel", released);
  map.addEventListener("touchstart", (event) => event.target.dataset.handle && event.preventDefault(), { passive: false });

  function pressed(event) {
    const { handle } = event.target.dataset;
    if (event.button !== 0 || model.gesture || !handle) return;
    model.gesture = { handle, pointer: event.pointerId, x: event.clientX, y: event.clientY, from: spans(wholeBox(model)) };
    model.sample = null;
    map.setPointerCapture(event.pointerId);
    event.preventDefault();
    focus();
    render();
  }

  function moved(event) {
    const { gesture } = model;
    if (!gesture || gesture.pointer !== event.pointerId) return;
    const place = map.getBoundingClientRect();
    const size = imageSize(model.data);
    // How many pixels of the image the hand has moved over.
    const down = Math.round(((event.clientY - gesture.y) / place.height) * size.rows);
    const right = Math.round(((event.clientX - gesture.x) / place.width) * size.cols);
    if (down === (gesture.down ?? 0) && right === (gesture.right ?? 0)) return;
    Object.assign(gesture, { down, right });
    const { rows, cols } = pulled(gesture.from, gesture.handle, down, right, size);
    setBox(model, rows, cols);
    render();
  }

  function released(event) {
    const { gesture } = model;
    if (!gesture || gesture.pointer !== event.pointerId) return;
    model.gesture = null;
    if (gesture.down !== undefined) commit();
    // An answer that came while the box was only held has waited.
    else {
      adopt(model, model.data);
      if (event.type === "pointerup") tapped(event);
    }
    render();
  }
}

export function createArrows(model, root, { render, commit, takeBack }) {
  const rest = createRest(model, root, commit);

  root.addEventListener("keydown", (event) => {
    // Streamlit's own hotkeys must not fire from inside.
    event.stopPropagation();
    if (/^(INPUT|SELECT|BUTTON)$/.test(event.target.tagName)) return;
    if (pressed(event)) event.preventDefault();
  });
  const ignore = watchPage(undone);

  function undone(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "z") return false;
    rest.flush();
    takeBack();
    return true;
  }

  function pressed(event) {
    const arrow = ARROWS[event.key];
    if (undone(event)) return true;
    if (!arrow || event.ctrlKey || event.altKey || event.metaKey) return false;
    const [down, right] = arrow;
    const handle = event.shiftKey ? "se" : "move";
    const { rows, cols } = pulled(spans(wholeBox(model)), handle, down, right, imageSize(model.data));
    setBox(model, rows, cols);
    rest.soon();
    render();
    return true;
  }

  function destroy() {
    ignore();
    rest.destroy();
  }

  return { destroy };
}

function spans([x1, y1, x2, y2]) {
  return { rows: [y1, y2], cols: [x1, x2] };
}
