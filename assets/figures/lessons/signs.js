// ✓ and ✗ as pictures in a line of text; beside them stands what they mean.

import { svg } from "../common/dom.js";

const PATHS = { yes: "M4.2 8.3L7 11.1L12 5.4", no: "M5 5L11 11M5 11L11 5" };

export function mark(kind) {
  return svg("svg", { class: `mark ${kind}`, viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("circle", { cx: 8, cy: 8, r: 7.5 }), svg("path", { d: PATHS[kind] }));
}

const HINTS = {
  // A hand's two ways, and a finger's tap.
  drag: "M3 8h18M7 4L3 8l4 4M17 4l4 4-4 4M12 5v6",
  tap: "M12 3a5 5 0 0 1 5 5M12 3a5 5 0 0 0-5 5M12 7.500v7l-2.600-1.800c-1-.6-2 .7-1.200 1.600l4 5.200h5.300l1.500-5.600c.2-1-.4-1.600-1.200-1.800l-3.800-.9V7.500a1 1 0 0 0-2 0z",
  type: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
};

export function hintIcon(kind) {
  return svg("svg", { class: "hint-icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: HINTS[kind] }));
}
