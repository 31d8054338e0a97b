// Numbers and templates as text. The sentences themselves come from Python.

export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// Two decimals, an exponent from a thousand on: the twin of `number` in app/text.py.
export function number(value) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (Math.abs(value) >= 1000) return value.toExponential(1);
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}

// The cells of [start, stop) by their numbers.
export function span(start, stop) {
  return stop - start === 1 ? `${start}` : `${start}–${stop - 1}`;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

// What somebody typed as a finite number, or null.
export function parse(typed) {
  const text = typed.trim().replace("−", "-");
  const value = Number(text);
  return NUMBER.test(text) && Number.isFinite(value) ? value : null;
}
