// What each colour means: viridis for values, one tint a section, red for maxima (in the CSS).

import { VIRIDIS } from "./viridis.js";

// Okabe and Ito's palette without its vermilion, which is too near the red of the maxima. Those that
// viridis has too come last in the order, so that small outputs do without them.
const SECTIONS = ["#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#0072b2", "#f0e442"];

// The smallest and the largest of some values.
export function extent(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

// How many times the width of the middle half a value may lie beyond it, so that one loud cell does not
// blacken all the others; what lies further has the colour of the end.
const LOUD = 3;

// The ends of the scale of colours, and whether values lie beyond them: the twin of `span` in
// app/exports/colour.py.
export function range(cells) {
  const sorted = Float64Array.from(cells).sort();
  const { length } = sorted;
  const [first = Infinity, last = -Infinity] = [sorted[0], sorted[length - 1]];
  const [lower, upper] = [sorted[Math.floor(length / 4)], sorted[Math.floor((3 * length) / 4)]];
  const room = LOUD * (upper - lower);
  if (!(room > 0) || room === Infinity) return { low: first, high: last, under: false, over: false };
  const low = first < lower - room ? sorted.find((value) => value >= lower - room) : first;
  const high = last > upper + room ? sorted.findLast((value) => value <= upper + room) : last;
  return { low, high, under: first < low, over: last > high };
}

export function viridis(value, { low, high }) {
  // Halves, since the difference of two very large numbers is no number any more.
  const at = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0;
  return VIRIDIS[Math.max(0, Math.min(255, Math.floor(at * 256)))];
}

// A value's colour; under a veil, `{ rgb, share }`, mixed with the page so that the cell steps back.
function shade(value, span, veil) {
  const rgb = viridis(value, span);
  return veil ? mixed(rgb, veil.rgb, veil.share) : rgb;
}

export function mixed(rgb, other, share) {
  return rgb.map((part, k) => part + (other[k] - part) * share);
}

export function css(rgb) {
  return `rgb(${rgb.map((part) => Math.round(part)).join()})`;
}

export function fill(value, span, veil) {
  return css(shade(value, span, veil));
}

export function ink(value, span, veil) {
  return inkOn(shade(value, span, veil));
}

// Black or white, whichever stands out more; the better of the two is always above 4.5:1.
export function inkOn(rgb) {
  const [r, g, b] = rgb.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
}

// The colour of the page, as [r, g, b], under an element that has it for its background.
export function pageColour(element) {
  return getComputedStyle(element).backgroundColor.match(/\d+/g).slice(0, 3).map(Number);
}

// Three further down a row, so that no section has the colour of one beside or diagonal to it.
export function sectionColour(i, j) {
  return SECTIONS[(3 * i + j) % SECTIONS.length];
}

export const SECTION_COLOURS = SECTIONS;

// An image of the batch, beside its number: frames its map and marks its rows of the table.
const BATCH = ["#7b61ff", "#0b8f8c", "#b8730a", "#c2559d", "#5a8f29", "#3a7bd5", "#8c564b", "#66707c"];

export function batchColour(index) {
  return BATCH[index] ?? "transparent";
}

// A class of objects, from 0, and what can be read on its colour. No yellow: on a light page it is
// no line.
export function classColour(index) {
  const colour = SECTIONS[index % (SECTIONS.length - 1)];
  const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return { colour, ink: inkOn(rgb) };
}
