// The eight handles round the box in the hand, by which its edges and corners are pulled.

import { svg } from "./dom.js";
import { set } from "./outlines.js";

export function createHandle(i, name) {
  return svg(
    "g",
    { class: `handle ${name}` },
    svg("rect", { class: "grip" }),
    svg("rect", { class: "hold", "data-testid": `roi-${i}-handle-${name}`, "data-roi": i, "data-handle": name }),
  );
}

// Round a small box the handles stand off, so that each can be taken and the box between them too.
const LEAST_REACH = 28;

export function placeHandles(handles, { x, y, width, height }, cell) {
  const [reachX, reachY] = [width, height].map((side) => Math.max(LEAST_REACH, side));
  const [left, top] = [x - (reachX - width) / 2, y - (reachY - height) / 2];
  const hold = Math.max(12, Math.min(28, Math.min(reachX, reachY) / 2.2));
  const grip = Math.max(6, Math.min(11, cell / 3));
  for (const handle of handles.children) {
    const name = handle.classList[1];
    const cx = name.includes("w") ? left : name.includes("e") ? left + reachX : left + reachX / 2;
    const cy = name.includes("n") ? top : name.includes("s") ? top + reachY : top + reachY / 2;
    const [small, large] = handle.children;
    square(small, cx, cy, grip);
    square(large, cx, cy, hold);
  }
}

function square(rect, cx, cy, side) {
  set(rect, "x", cx - side / 2);
  set(rect, "y", cy - side / 2);
  set(rect, "width", side);
  set(rect, "height", side);
}
