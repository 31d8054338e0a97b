// Numbers and templates as text. The sentences themselves come from Python.

import { plainSigns } from "./typed.js";

export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// Two decimals, or an exponent where they say nothing: the twin of `number` in app/text.py.
export function number(value) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const far = size >= 1000 || (size < 0.005 && size > 0);
  const written = far ? size.toExponential(1).replace("e+", "e").replace("-", "−") : size.toFixed(2);
  return `${value < 0 ? "−" : ""}${written}`;
}

// Such a number in little room: without a nought before the point, and without one at the end.
export function briefly(text) {
  return text.replace(/^(−?)0\./, "$1.").replace(/^(−?[1-9]\.\d)0$/, "$1");
}

// The cells of [start, stop) by their numbers: the twin of `Text.span` in app/text.py.
export function span(start, stop) {
  const ends = stop - start === 1 ? [start] : [start, stop - 1];
  return ends.map(signed).join("–");
}

// A whole number, with the sign that numbers have in print.
export function signed(whole) {
  return `${whole}`.replace("-", "−");
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

// Such cells in words, as the language names rows and columns.
export function named(text, axis, start, stop) {
  const count = stop - start;
  const form = count < 1 ? "none" : count === 1 ? "one" : "many";
  return fill(text[`span.${axis}.${form}`], { cells: span(start, stop) });
}

// What somebody typed as a finite number, or null.
export function parse(typed) {
  const text = plainSigns(typed).trim();
  const value = Number(text);
  return NUMBER.test(text) && Number.isFinite(value) ? value : null;
}

// One decimal, or none where it is 0: the twin of `tenths` in app/pixels/quantise.py.
export function tenths(value) {
  const size = Math.abs(value).toFixed(1).replace(/\.0$/, "");
  return value < 0 && size !== "0" ? `−${size}` : size;
}
