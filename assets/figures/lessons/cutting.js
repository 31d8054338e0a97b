// The edges of sections in the learner's hand, each start and stop by itself: whole cells, half open.

import { pulled } from "../common/geometry.js";

export const AXES = ["rows", "cols"];

// One cell each, from the start of the box on: it gives nothing away, and every bar can be taken.
export function firstCut({ rows, cols, outputSize, box }) {
  const spans = (count, size, [first, last]) => {
    const [from, to] = [within(first, size - 1), within(last, size)];
    return Array.from({ length: count }, (_, k) => {
      const start = Math.min(from + k, Math.max(from, to - 1));
      return [start, Math.min(start + 1, size)];
    });
  };
  return {
    rows: spans(outputSize[0], rows, box?.rows ?? [0, rows]),
    cols: spans(outputSize[1], cols, box?.cols ?? [0, cols]),
  };
}

// A span whose start or stop is pulled to an edge between cells; it may end where it starts and be empty.
export function withEdge([start, stop], end, to, size) {
  const at = within(to, size);
  return end === "start" ? [Math.min(at, stop), stop] : [start, Math.max(at, start)];
}

// A span moved whole, held inside the map.
export function shifted(span, by, size) {
  return pulled({ rows: span, cols: [0, 1] }, "move", by, 0, { rows: size, cols: 1 }).rows;
}

export function withSpan(cut, axis, k, span) {
  return { ...cut, [axis]: cut[axis].map((one, at) => (at === k ? span : one)) };
}

// What a hand takes of a bar that it touches `at` so many cells: an end within its `reach`, else all of it.
export function grasp([start, stop], at, reach) {
  const [before, after] = [at - start, stop - at];
  if (before > reach && after > reach) return "move";
  return before < after || (start === stop && at < start) ? "start" : "stop";
}

const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

// The span after a key on one of its ends; null where the key means nothing there.
export function keyed(span, end, key, size) {
  const at = span[end === "start" ? 0 : 1];
  if (key in STEPS) return withEdge(span, end, at + STEPS[key], size);
  if (key === "Home") return withEdge(span, end, 0, size);
  return key === "End" ? withEdge(span, end, size, size) : null;
}

export function isSameSpan(one, other) {
  return one[0] === other[0] && one[1] === other[1];
}

function within(at, size) {
  return Math.max(0, Math.min(size, at));
}
