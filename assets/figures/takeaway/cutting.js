// How boxes are cut where there is no Python: looked up in the tables that app/takeaway/tables.py has worked
// out, and never computed.

import { clip, ofSpan } from "../common/bins.js";

const ZERO = "?".charCodeAt(0);
// What is added to the cells of a span before it is packed.
const SHIFT = 2;

// Of the conventions and axes of a file: `cut` boxes, and the `edges` and `coordinates` that a figure is sent.
export function createCutting({ axes, rows, cols, conventions }) {
  const numbered = axes.map(numberPairs);
  const of = { rows, cols };
  const unpackedEdges = new Map();

  function edges(convention, axis, count) {
    const key = `${convention},${of[axis]},${count}`;
    if (!unpackedEdges.has(key)) {
      const { edges: which } = conventions[convention].tables[of[axis]];
      const { lengths, exceptions } = axes[of[axis]].edges[which][count - 1];
      unpackedEdges.set(key, { lengths: inPairs(unpack(lengths), count), exceptions });
    }
    return unpackedEdges.get(key);
  }

  function coordinates(convention, axis) {
    return axes[of[axis]].lines[conventions[convention].tables[of[axis]].lines];
  }

  // The cells and edges of a pair of numbers along an axis, clipped to the map; null for one that is in no
  // table.
  function along(convention, axis, first, last, count) {
    const pair = numbered[of[axis]].get(`${first},${last}`);
    if (pair === undefined) return null;
    const { size } = axes[of[axis]];
    const table = conventions[convention].tables[of[axis]];
    const span = spanOf(table, pair);
    const [whole, cuts, long] = table.cuts[pair] ?? [true, null];
    const [starts, stops] = cuts
      ? own(cuts, count)
      : ofSpan(edges(convention, axis, count), ...span).map((some) => some.map((edge) => clip(span[0] + edge, size)));
    return { whole, span, starts, stops, edges: long?.[count - 1], none: table.none.includes(pair) };
  }

  // A box as a figure is sent it; null where its numbers are in no table.
  function cut(convention, numbers, [high, wide]) {
    const [, x1, y1, x2, y2] = numbers;
    const down = along(convention, "rows", y1, y2, high);
    const across = along(convention, "cols", x1, x2, wide);
    if (!down || !across) return null;
    const none = down.none || across.none;
    const told = ({ span, starts, stops, edges: own }) => ({
      span,
      starts,
      stops: none ? [...starts] : stops,
      ...(own && { edges: own }),
    });
    return { numbers, whole: down.whole && across.whole, rows: told(down), cols: told(across) };
  }

  return { edges, coordinates, cut };
}

// Each pair of numbers by its place in the tables.
function numberPairs({ size, lines, own }) {
  const found = new Map();
  let k = 0;
  const put = (first, last) => {
    const key = `${first},${last}`;
    if (!found.has(key)) found.set(key, k);
    k += 1;
  };
  for (const { firsts, lasts } of lines) {
    for (let i = 0; i < size; i += 1) for (let j = i + 1; j <= size; j += 1) put(firsts[i], lasts[j]);
  }
  for (const [first, last] of own) put(first, last);
  return found;
}

function spanOf({ spans, own }, pair) {
  const dragged = spans.length / 2;
  if (pair >= dragged) return own[pair - dragged];
  return [0, 1].map((end) => spans.charCodeAt(2 * pair + end) - ZERO - SHIFT);
}

export function unpack(text) {
  return Array.from(text, (character) => character.charCodeAt(0) - ZERO);
}

// [starts, stops] of each length, of so many bins.
function inPairs(numbers, count) {
  const lengths = [];
  for (let at = 0; at < numbers.length; at += 2 * count) {
    lengths.push([numbers.slice(at, at + count), numbers.slice(at + count, at + 2 * count)]);
  }
  return lengths;
}

// The edges for so many bins among those for 1, 2, 3, … one after the other.
function own(cuts, count) {
  const from = count * (count - 1);
  return [0, 1].map((end) => unpack(cuts.slice(from + end * count, from + (end + 1) * count)));
}
