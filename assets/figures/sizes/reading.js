// What the ruler and its tape read of a box along an axis: the cells it spans, how it is cut, and the
// sections that hold each of them.

import { derivation, ofSpan } from "../common/bins.js";

// The cells that a box spans along an axis, at least one and no more than the tape has.
export function spanOf(box, name, most) {
  const [start, stop] = box[name].span;
  return [start, start + Math.max(1, Math.min(most, stop - start))];
}

// The span so long: it stays where it starts, unless no map could show it there with one cell more.
export function lengthened([first], wanted, most) {
  const n = Math.max(1, Math.min(most, wanted));
  const start = Math.max(0, Math.min(first, most - 1 - n));
  return [start, start + n];
}

// What is known of the cut of a box along an axis, counted from its first cell. A box that is not on
// whole cells has no boundaries in the tables; its sections are shown as they lie on the map.
export function readCut(data, box, name) {
  const [start, stop] = spanOf(box, name, data.ruler.most);
  const { starts, stops, span } = box[name];
  const n = stop - start;
  const exact = span[1] - span[0] === n && box.whole;
  const edges = exact ? derivation(data.edges[name], box[name], data[name]) : null;
  return {
    name,
    start,
    n,
    count: starts.length,
    form: data.rule.form,
    rest: data.rule.rest,
    stop: data.rule.stop,
    edges: edges ?? [starts, stops].map((all) => all.map((edge) => edge - start)),
    boundaries: edges ? ofSpan(data.ruler[name].boundaries, start, stop) : null,
  };
}

// How many sections hold the k-th cell.
export function holding([starts, stops], k) {
  return starts.filter((start, i) => start <= k && k < stops[i]).length;
}

// Whether a section ends elsewhere than the next one starts.
export function isSplit([starts, stops]) {
  return starts.some((edge, i) => i > 0 && edge !== stops[i - 1]);
}

// The sections `placed` in as many lanes as keep them apart; of the empty ones how many are at an edge.
export function inLanes([starts, stops]) {
  const ends = [];
  const placed = [];
  const empty = new Map();
  starts.forEach((first, i) => {
    const last = stops[i];
    if (last <= first) {
      empty.set(first, (empty.get(first) ?? 0) + 1);
      return;
    }
    const free = ends.findIndex((end) => end <= first);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = last;
    placed.push({ i, first, last, lane });
  });
  return { lanes: ends.length, placed, empty };
}
