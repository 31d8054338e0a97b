// RoIAlign: where a box is sampled and what its bins average. Positions are in cells, cell i at i.

import { clip } from "../common/bins.js";

// The samples along an axis of a box on whole pixels; how many there are comes from Python's table.
export function samplesOf({ stride, aligned }, { grids }, first, last, count) {
  const grid = grids.exceptions[`${first},${last - first}`] ?? grids.lengths[last - first];
  const { start, length } = band({ stride, aligned }, first, last, count);
  const at = [];
  for (let p = 0; p < count; p += 1) {
    for (let k = 0; k < grid; k += 1) at.push(start + p * length + ((k + 0.5) * length) / grid);
  }
  return { grid, at };
}

// Where the first bin of a box starts along an axis, and how long each is: nothing is rounded.
function band({ stride, aligned }, first, last, count) {
  const extent = (last - first) / stride;
  return {
    start: first / stride - (aligned ? 0.5 : 0),
    length: (aligned ? extent : Math.max(extent, 1)) / count,
  };
}

// The bins as they lie on the map, in cells that begin at their number; their middle is half further.
export function bandsOf(data, [x1, y1, x2, y2]) {
  const [high, wide] = data.outputSize;
  const x = band(data, x1, x2, wide);
  const y = band(data, y1, y2, high);
  const bins = [];
  for (let i = 0; i < high; i += 1) {
    for (let j = 0; j < wide; j += 1) {
      const top = y.start + i * y.length + 0.5;
      const left = x.start + j * x.length + 0.5;
      bins.push({ i, j, top, bottom: top + y.length, left, right: left + x.length });
    }
  }
  return bins;
}

// What each cell of an axis weighs in each bin: a sample gives its two neighbours what lies nearer.
export function weigh({ at, grid }, count, size) {
  const weights = Array.from({ length: count }, () => new Float64Array(size));
  at.forEach((position, k) => {
    if (position < -1 || position > size) return;
    const inside = clip(position, size - 1);
    const bin = weights[(k - (k % grid)) / grid];
    for (let cell = 0; cell < size; cell += 1) bin[cell] += Math.max(0, 1 - Math.abs(inside - cell)) / grid;
  });
  return weights;
}

// The output, row-major: rows and columns never need each other.
export function average(cells, { x, y }, { rows, cols }, [high, wide]) {
  const across = weigh(x, wide, cols);
  return weigh(y, high, rows).flatMap((down) => {
    const line = collapse(cells, down, cols);
    return across.map((weights) => dot(weights, line));
  });
}

export function collapse(cells, down, cols) {
  const line = new Float64Array(cols);
  down.forEach((weight, row) => {
    if (weight) for (let col = 0; col < cols; col += 1) line[col] += weight * cells[row * cols + col];
  });
  return line;
}

export function dot(weights, values) {
  return weights.reduce((sum, weight, i) => (weight ? sum + weight * values[i] : sum), 0);
}

// The position nearest to a place, no further than `most` from it; null where none is.
export function closest(positions, at, most) {
  let best = null;
  positions.forEach((position, i) => {
    if (best === null || Math.abs(position - at) < Math.abs(positions[best] - at)) best = i;
  });
  return best !== null && Math.abs(positions[best] - at) <= most ? best : null;
}

// The two rows and two columns of a sample, each pair once, with what they weigh.
export function fourCells({ view, cells, data }, [i, j]) {
  const rows = pair(view.samples.y, i);
  const cols = pair(view.samples.x, j);
  return rows.flatMap(([row, down]) =>
    cols.map(([col, across]) => ({ row, col, weight: down * across, value: cells[row * data.cols + col] })),
  );
}

function pair({ low, high, lowWeight, highWeight }, k) {
  const both = [[low[k], lowWeight[k]], [high[k], highWeight[k]]];
  return low[k] === high[k] ? [[low[k], lowWeight[k] + highWeight[k]]] : both;
}
