// Where cells lie in pixels, and what a pull at a handle makes of a box. Whole cells only.

export const HANDLES = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];

// As large as the place allows, in whole device pixels so that the lines between cells are sharp.
export function cellSize(rows, cols, width, height, ratio = window.devicePixelRatio || 1) {
  const fit = Math.min(width / cols, height / rows);
  return Math.max(1, Math.floor(fit * ratio)) / ratio;
}

// Of so many rem how many px: widths at which a figure is arranged anew follow the browser's text size.
export function rem(count) {
  return count * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

// So many pixels of a screen up to 1920 px wide; on a larger one as much of it. As `--px` in frame.css.
export function px(count) {
  return count * Math.max(1, window.innerWidth / 1920);
}

export function cellAt(event, element, { rows, cols }) {
  const place = element.getBoundingClientRect();
  const row = Math.floor(((event.clientY - place.top) / place.height) * rows);
  const col = Math.floor(((event.clientX - place.left) / place.width) * cols);
  return row >= 0 && row < rows && col >= 0 && col < cols ? { row, col } : null;
}

// The cells of a box pulled by (dRow, dCol) cells at a handle, moved whole, or drawn from its first cell,
// held inside the map.
export function pulled({ rows, cols }, handle, dRow, dCol, size) {
  if (handle === "move") {
    return { rows: moved(rows, dRow, size.rows), cols: moved(cols, dCol, size.cols) };
  }
  if (handle === "draw") return { rows: drawn(rows, dRow, size.rows), cols: drawn(cols, dCol, size.cols) };
  return {
    rows: resized(rows, dRow, size.rows, handle.includes("n"), handle.includes("s")),
    cols: resized(cols, dCol, size.cols, handle.includes("w"), handle.includes("e")),
  };
}

function moved([start, stop], by, size) {
  const shift = Math.max(-start, Math.min(size - stop, by));
  return [start + shift, stop + shift];
}

// From where it was begun to wherever the hand has gone, on either side.
function drawn([start], by, size) {
  const to = Math.max(0, Math.min(size - 1, start + by));
  return [Math.min(start, to), Math.max(start, to) + 1];
}

// A box keeps at least one cell; the edge that is not pulled stays.
function resized([start, stop], by, size, first, last) {
  if (first) return [Math.max(0, Math.min(stop - 1, start + by)), stop];
  if (last) return [start, Math.max(start + 1, Math.min(size, stop + by))];
  return [start, stop];
}
