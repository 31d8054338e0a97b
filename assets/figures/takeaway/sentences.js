// Sentences filled with values where there is no Python: the twin of `Text` in app/text.py.

import { fill, named, span } from "../common/text.js";

const GAP = "(?:\0 \0|\0 | \0)";
const [HAN, FULL] = ["\u4e00-\u9fff", "\u3001-\u301f\uff01-\uff60"];
const NO_GAP = new RegExp(`(?<=[${HAN}${FULL}])${GAP}(?=[${HAN}${FULL}])|(?<=[${FULL}])${GAP}|${GAP}(?=[${FULL}])`, "g");

// Of the `strings` of a language, by key.
export function createText(language, strings) {
  const spans = Object.fromEntries(Object.entries(strings).map(([key, value]) => [key.replace(/^stage\./, ""), value]));

  function say(key, values = {}) {
    const template = strings[key];
    if (language !== "zh") return fill(template, values);
    const marked = Object.entries(values).map(([name, value]) => [name, `\0${value}\0`]);
    return fill(template, Object.fromEntries(marked)).replace(NO_GAP, "").replaceAll("\0", "");
  }

  return Object.assign(say, {
    language,
    has: (key) => key in strings,
    join: (...sentences) => sentences.join(strings.join),
    list: (words) => words.join(strings["stage.list"]),
    span: (start, stop) => (stop <= start ? "∅" : span(start, stop)),
    rows: (start, stop) => cells(spans, "rows", start, stop),
    cols: (start, stop) => cells(spans, "cols", start, stop),
  });
}

function cells(text, axis, start, stop) {
  return stop > start ? named(text, axis, start, stop) : fill(text[`span.${axis}.none`], { cells: "∅" });
}

// A box's number as a person writes it: the twin of `plain` in app/text.py.
export function plain(value) {
  if (Number.isInteger(value)) return `${BigInt(value)}`;
  // Python writes an exponent from here on, with two digits.
  if (Math.abs(value) >= 1e-4) return `${value}`;
  return value.toExponential().replace(/e-(\d)$/, "e-0$1");
}
