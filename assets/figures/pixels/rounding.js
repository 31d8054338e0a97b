// How pixels of the image become cells of the map, written out.

import { fill, number, span, tenths } from "../common/text.js";

// What the stride makes of the pixels along both axes, and the whole cells that are made of that.
export function roundingOf({ data, view }) {
  const [x1, y1, x2, y2] = view.numbers;
  const told = (name, first, last) =>
    fill(data.text[`pixels.rounding.${name}`], {
      first: tenths(first),
      last: tenths(last),
      stride: data.stride,
      from: number(first / data.stride),
      to: number(last / data.stride),
      cells: cellsIn(...view[name].span),
    });
  return [told("cols", x1, x2), told("rows", y1, y2)];
}

// The cells of [start, stop) by their numbers, of which there may be none.
export function cellsIn(start, stop) {
  return start < stop ? span(start, stop) : "∅";
}
