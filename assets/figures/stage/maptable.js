// The map as a table that can be walked: for the keyboard, and for whoever hears the page.
//
// Its cells lie on those of the canvas, are invisible and let the pointer through. One of them takes the
// focus; only those around it are there, and before anybody comes only that one, so that 64×64 costs
// nothing. What a cell says comes from `shown`: nothing that the story has not come to.

import { html, setText } from "../common/dom.js";
import { isOnStage, selectedBox, shown } from "../common/model.js";
import { fill, number } from "../common/text.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const PAGE = 8;
// How far round the cell in focus there are others, for readers that walk a table by themselves.
const AROUND = 4;

export function createMapTable(model, render) {
  const table = html("div", { class: "map-table", role: "grid", "data-testid": "map-table" });
  // Said where the cell is chosen from outside of the table.
  const said = html("p", { class: "unseen", role: "status", "data-testid": "cell-said" });
  let built = "";
  let cells = [];
  // Whether the edit that is open was asked for from here.
  let asked = false;

  table.addEventListener("focusin", () => point(here()));
  table.addEventListener("focusout", ({ relatedTarget }) => {
    if (table.contains(relatedTarget)) return;
    asked &&= Boolean(relatedTarget?.matches(".cell-input"));
    point(null);
  });
  table.addEventListener("keydown", pressed);

  function here() {
    const { rows, cols } = model.data;
    const { row, col } = model.cursor ?? { row: 0, col: 0 };
    return { row: inside(row, rows), col: inside(col, cols) };
  }

  function point(at) {
    if (at) model.cursor = at;
    model.hover = at && { cell: at, keyed: true };
    render();
  }

  function pressed(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    asked = key === "Enter";
    if (key === "Escape") return table.closest("[data-testid=stage]").focus({ preventScroll: true });
    if (altKey || metaKey || shiftKey) return undefined;
    const at = moved(here(), key, ctrlKey);
    if (!at) return undefined;
    // Here the arrows walk over the cells, and the box stays.
    event.preventDefault();
    event.stopPropagation();
    return point({ row: inside(at.row, model.data.rows), col: inside(at.col, model.data.cols) });
  }

  // A row at its ends, the table at its corners, eight rows at a time: as in any grid.
  function moved({ row, col }, key, whole) {
    const step = ARROWS[key];
    if (step) return { row: row + step[0], col: col + step[1] };
    if (key === "Home") return { row: whole ? 0 : row, col: 0 };
    if (key === "End") return { row: whole ? Infinity : row, col: Infinity };
    if (key === "PageUp" || key === "PageDown") return { row: row + (key === "PageUp" ? -PAGE : PAGE), col };
    return null;
  }

  // The cells around the one in focus, or that one alone.
  function build(at, focused) {
    const { rows, cols } = model.data;
    const reach = focused ? AROUND : 0;
    const [top, bottom] = [inside(at.row - reach, rows), inside(at.row + reach, rows)];
    const [left, right] = [inside(at.col - reach, cols), inside(at.col + reach, cols)];
    const key = [rows, cols, top, bottom, left, right].join();
    if (key === built) return;
    built = key;
    const known = new Map(cells.map((cell) => [`${cell.row},${cell.col}`, cell]));
    cells = [];
    const lines = [];
    for (let row = top; row <= bottom; row += 1) {
      const line = html("div", { role: "row", "aria-rowindex": row + 1 });
      for (let col = left; col <= right; col += 1) {
        const cell = known.get(`${row},${col}`) ?? create(row, col);
        place(cell.element, row, col, rows, cols);
        cells.push(cell);
        line.append(cell.element);
      }
      lines.push(line);
    }
    table.replaceChildren(...lines);
    table.setAttribute("aria-rowcount", rows);
    table.setAttribute("aria-colcount", cols);
  }

  function create(row, col) {
    return { row, col, element: html("div", { role: "gridcell", "aria-colindex": col + 1 }) };
  }

  function place(element, row, col, rows, cols) {
    const part = (k, count) => `${(100 * k) / count}%`;
    Object.assign(element.style, { left: part(col, cols), top: part(row, rows), width: part(1, cols), height: part(1, rows) });
  }

  function paint() {
    const { data } = model;
    const at = here();
    const focused = table.contains(table.getRootNode().activeElement);
    build(at, focused);
    table.setAttribute("aria-label", fill(data.text["cell.table"], data));
    for (const { row, col, element } of cells) {
      const chosen = row === at.row && col === at.col;
      element.tabIndex = chosen ? 0 : -1;
      element.setAttribute("aria-label", cellWords(model, row, col));
      if (chosen && focused) element.focus({ preventScroll: true });
    }
    const spoken = model.hover?.keyed && !focused && !model.editing;
    setText(said, spoken ? cellWords(model, model.hover.cell.row, model.hover.cell.col) : "");
  }

  // Takes the focus back where an edit began here; says whether it did.
  function takeBack() {
    const mine = asked;
    asked = false;
    if (mine) cells.find(({ element }) => element.tabIndex === 0).element.focus({ preventScroll: true });
    return mine;
  }

  return { root: table, said, paint, takeBack };
}

// Everything that the eye is shown of a cell: where it is, what it holds, which boxes and sections hold
// it, whose maximum it is.
export function cellWords(model, row, col) {
  const { text, cols } = model.data;
  const view = shown(model);
  const value = number(model.cells[row * cols + col]);
  const words = [fill(text["cell.hover"], { row, col, value })];
  if (view.box) words.push(...boxWords(model, row, col));
  if (view.sections && selectedBox(model)) words.push(...sectionWords(model, view, row, col));
  return words.join(", ");
}

function boxWords({ boxes, data, ...model }, row, col) {
  const within = boxes.flatMap((box, n) => (isOnStage(model, box) && holds(box, row, col) ? [n] : []));
  return within.map((n) => fill(data.text[boxes.length > 1 ? "cell.in_box.of" : "cell.in_box"], { box: n }));
}

function holds({ rows, cols }, row, col) {
  return rows.span[0] <= row && row < rows.span[1] && cols.span[0] <= col && col < cols.span[1];
}

function sectionWords({ bins, data }, view, row, col) {
  return bins.flatMap((bin, k) => {
    if (bin.empty || row < bin.top || row >= bin.bottom || col < bin.left || col >= bin.right) return [];
    const most = bin.row === row && bin.col === col && k < view.found;
    return [fill(data.text[most ? "cell.maximum" : "cell.section"], bin)];
  });
}

function inside(at, count) {
  return Math.max(0, Math.min(count - 1, at));
}
