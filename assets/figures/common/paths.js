// Bins, rings and boxes as shapes on a map whose cells are so many pixels large: numbers in, an SVG
// path's `d` out.

// Where neighbouring bins of a box lie on the same cells, as bands all across it.
export function overlaps({ rows, cols }, cell) {
  const top = Math.min(...rows.starts) * cell;
  const bottom = Math.max(...rows.stops) * cell;
  const left = Math.min(...cols.starts) * cell;
  const right = Math.max(...cols.stops) * cell;
  if (bottom <= top || right <= left) return "";
  const bands = shares(rows).map(([a, b]) => outline(left, a * cell, right, b * cell));
  const columns = shares(cols).map(([a, b]) => outline(a * cell, top, b * cell, bottom));
  return [...bands, ...columns].join("");
}

// The cells that a bin has in common with the next one.
function shares({ starts, stops }) {
  return starts
    .slice(1)
    .map((start, i) => [Math.max(start, starts[i]), Math.min(stops[i], stops[i + 1])])
    .filter(([start, stop]) => start < stop);
}

export function inset(top, bottom, left, right, cell, pad) {
  return outline(left * cell + pad, top * cell + pad, right * cell - pad, bottom * cell - pad);
}

function outline(x0, y0, x1, y1) {
  return `M${x0} ${y0}H${x1}V${y1}H${x0}Z`;
}

export function line({ top, bottom, left, right }, cell) {
  return `M${left * cell} ${top * cell}L${Math.max(left, right) * cell} ${Math.max(top, bottom) * cell}`;
}

export function ring(row, col, cell) {
  const r = cell * (cell > 20 ? 0.43 : 0.4);
  const cx = (col + 0.5) * cell;
  const cy = (row + 0.5) * cell;
  return `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

// The part of a box inside the map in pixels, at least a cell of it.
export function pixels({ rows, cols }, cell) {
  return {
    x: cols[0] * cell,
    y: rows[0] * cell,
    width: (cols[1] - cols[0]) * cell,
    height: (rows[1] - rows[0]) * cell,
  };
}
