// What stands at each boundary of the cut: whose end it is and whose start, and what that is computed
// from.

import { endOf, startOf, written } from "../common/formula.js";
import { fill } from "../common/text.js";

// The lines at every boundary, from the first to the last: `sections` that they are about, and `label`s
// with their numbers, the formula written out or its result alone.
export function linesAt(cut, text, { long, derived }) {
  const { edges, count } = cut;
  const [starts, stops] = edges;
  const form = long ? "long" : "brief";
  const said = (key, i, formula) => fill(text[`ruler.${key}.${form}`], { i, j: i + 1, formula });
  const told = (formula, edge) => (derived ? written(formula, edge) : `${edge}`);
  return Array.from({ length: count + 1 }, (_, i) => {
    const start = i < count && told(startOf(cut, i), starts[i]);
    const end = i > 0 && told(endOf(cut, i - 1), stops[i - 1]);
    const sections = [i - 1, i].filter((k) => k >= 0 && k < count);
    // Where it is the same for both it is told once.
    if (start === end) return { sections, lines: [said("both", i - 1), `= ${start}`] };
    const lines = [];
    if (end !== false) lines.push(said("end", i - 1, end));
    if (start !== false) lines.push(said("start", i, start));
    return { sections, lines };
  });
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
