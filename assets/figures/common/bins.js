// From a box on whole cells to its bins and their maxima. Edges are looked up, never computed.

export function clip(edge, size) {
  return Math.max(0, Math.min(size, edge));
}

// What Python's table holds for the cells [start, stop): edges relative to the first, or their texts.
export function ofSpan(table, start, stop) {
  return table.exceptions[`${start},${stop - start}`] ?? table.lengths[stop - start - 1];
}

function axis(table, [start, stop], size) {
  const [starts, stops] = ofSpan(table, start, stop).map((edges) =>
    edges.map((edge) => clip(start + edge, size)),
  );
  return { span: [start, stop], starts, stops };
}

// The edges as the formula gives them, before they are clipped to the map, if that is how this box
// was cut; one that is longer than the tables brings its own.
export function derivation(edges, { span: [start, stop], starts, stops, edges: own }, size) {
  if (stop <= start || (!own && stop - start > edges.lengths.length)) return null;
  const [first, last] = own ?? ofSpan(edges, start, stop);
  const same = (relative, edge) => clip(start + relative, size) === edge;
  const follows = first.every((edge, i) => same(edge, starts[i])) && last.every((edge, i) => same(edge, stops[i]));
  return follows && first.length === starts.length ? [first, last] : null;
}

// The box whose numbers give exactly these cells under the convention.
export function boxOnCells(data, batchIndex, rows, cols) {
  const { rows: down, cols: across } = data.coordinates;
  return {
    whole: true,
    numbers: [batchIndex, across.firsts[cols[0]], down.firsts[rows[0]], across.lasts[cols[1]], down.lasts[rows[1]]],
    rows: axis(data.edges.rows, rows, data.rows),
    cols: axis(data.edges.cols, cols, data.cols),
  };
}

// The part of a box inside the map, at least one cell, so that there is something to take hold of.
export function cellsInside(box, rows, cols) {
  return { rows: inside(box.rows.span, rows), cols: inside(box.cols.span, cols) };
}

function inside([start, stop], size) {
  const first = Math.max(0, Math.min(size - 1, start));
  return [first, Math.max(first + 1, Math.min(size, stop))];
}

// Every bin of a box with its largest cell, the first in row-major order.
export function pool(data, cells, box) {
  const bins = [];
  box.rows.starts.forEach((top, i) => {
    box.cols.starts.forEach((left, j) => {
      const bottom = box.rows.stops[i];
      const right = box.cols.stops[j];
      bins.push({ i, j, top, bottom, left, right, ...largest(data, cells, top, bottom, left, right) });
    });
  });
  return bins;
}

function largest(data, cells, top, bottom, left, right) {
  if (top >= bottom || left >= right) {
    return { empty: true, value: Number(data.rule.emptyValue), row: -1, col: -1 };
  }
  let best = { empty: false, value: cells[top * data.cols + left], row: top, col: left };
  for (let row = top; row < bottom; row += 1) {
    for (let col = left; col < right; col += 1) {
      const value = cells[row * data.cols + col];
      if (value > best.value) best = { empty: false, value, row, col };
    }
  }
  return best;
}
