// What each colour means: viridis for values, one tint a section, red for maxima (in the CSS).

import { VIRIDIS } from "./viridis.js";

// Okabe and Ito's palette without its vermilion, which is too near the red of the maxima.
const SECTIONS = ["#e69f00", "#56b4e9", "#cc79a7", "#009e73", "#f0e442", "#0072b2"];

export function range(cells) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of cells) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

function shade(value, { low, high }) {
  const at = high > low ? (value - low) / (high - low) : 0;
  return VIRIDIS[Math.max(0, Math.min(255, Math.floor(at * 256)))];
}

export function fill(value, span) {
  const [r, g, b] = shade(value, span);
  return `rgb(${r},${g},${b})`;
}

// Black or white, whichever stands out more; the better of the two is always above 4.5:1.
export function ink(value, span) {
  const [r, g, b] = shade(value, span).map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
}

// Three further down a row, so that no section has the colour of one beside or diagonal to it.
export function sectionColour(i, j) {
  return SECTIONS[(3 * i + j) % SECTIONS.length];
}

export const SECTION_COLOURS = SECTIONS;
