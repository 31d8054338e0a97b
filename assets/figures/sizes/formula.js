// What stands at each boundary of the cut: whose end it is and whose start, and what that is computed
// from. Nothing is rounded here: the edges come from Python's tables, and are only written down.

import { fill } from "../common/text.js";

const BRACKETS = { floor: ["⌊", "⌋"], ceil: ["⌈", "⌉"], nearest: ["round(", ")"] };

// Where a section starts follows from where it stops: see `Convention.stop`.
export function snapOfStart(stop) {
  return stop === "nearest" ? "nearest" : "floor";
}

export function snapOfStop(stop) {
  return stop === "floor_or_one" ? "floor" : stop;
}

// i·n/P as the convention's arithmetic has it, with what it is rounded by; whole steps are not rounded.
export function rounded({ form, n, count }, i, snap) {
  if (form === "step") return `${i}·⌊${n}/${count}⌋`;
  const [open, close] = BRACKETS[snap];
  return form === "float" ? `${open}${i}·(${n}/${count})${close}` : `${open}${i}·${n}/${count}${close}`;
}

// The lines at every boundary, from the first to the last: `sections` that they are about, and `label`s
// with their numbers, the formula written out or its result alone.
export function linesAt(cut, text, { long, derived }) {
  const { edges, count, stop } = cut;
  const [starts, stops] = edges;
  const form = long ? "long" : "brief";
  const said = (key, i, formula) => fill(text[`ruler.${key}.${form}`], { i, j: i + 1, formula });
  const written = (formula, edge) => (derived && formula !== `${edge}` ? `${formula} = ${edge}` : `${edge}`);
  return Array.from({ length: count + 1 }, (_, i) => {
    const start = i < count && written(rounded(cut, i, snapOfStart(stop)), starts[i]);
    const end = i > 0 && written(endOf(cut, i - 1), stops[i - 1]);
    const sections = [i - 1, i].filter((k) => k >= 0 && k < count);
    // Where it is the same for both it is told once.
    if (start === end) return { sections, lines: [said("both", i - 1), `= ${start}`] };
    const lines = [];
    if (end !== false) lines.push(said("end", i - 1, end));
    if (start !== false) lines.push(said("start", i, start));
    return { sections, lines };
  });
}

function endOf(cut, i) {
  const { edges, n, count, stop, rest } = cut;
  if (rest && i === count - 1) return `${n}`;
  const formula = rounded(cut, i + 1, snapOfStop(stop));
  const [starts, stops] = edges;
  // A section that would hold no cell is given one.
  const given = stop === "floor_or_one" && stops[i] !== (starts[i + 1] ?? n);
  return given ? `max(${formula}, ${starts[i]} + 1)` : formula;
}

// Where labels of these widths stand over the boundaries `at`, each as near to its own as there is room
// from 0 to `width`, every other one a tier higher; null where they would touch.
export function placed(at, widths, width, tiers, gap) {
  const ends = new Array(tiers).fill(-Infinity);
  const places = at.map((x, i) => {
    const left = Math.max(0, Math.min(width - widths[i], x - widths[i] / 2));
    const tier = i % tiers;
    const touches = left < ends[tier] + gap;
    ends[tier] = left + widths[i];
    return touches ? null : { left, tier };
  });
  return places.includes(null) ? null : places;
}
