// Colours of gradients: blue above 0, orange below, and 0 is the page itself, light or dark. Neither
// is viridis, which is for values, nor the red of the maxima, and the colour-blind tell them apart.

import { css, inkOn, mixed } from "./colour.js";

const BLUE = ["92c5de", "2166ac"].map(parts);
const ORANGE = ["fdb863", "b35806"].map(parts);

function parts(hex) {
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

// For a page of this colour, as [r, g, b].
export function diverging(page) {
  const dark = inkOn(page) === "#fff";
  const ends = [ORANGE, BLUE].map((pair) => (dark ? pair.toReversed() : pair));

  function shade(value, most) {
    const at = Math.min(1, Math.abs(value) / most);
    const [middle, end] = ends[value > 0 ? 1 : 0];
    return at <= 0.5 ? mixed(page, middle, 2 * at) : mixed(middle, end, 2 * at - 1);
  }

  return {
    fill: (value, most) => css(shade(value, most)),
    ink: (value, most) => inkOn(shade(value, most)),
  };
}
