// The cells of the map as a table that is one stop of Tab and is walked with the arrows; where cells are
// chosen, each is what is pressed, too.

import { html } from "../common/dom.js";
import { fill, number } from "../common/text.js";
import { canPick, holds } from "./marks.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function createTable(model, { render, pick }) {
  const table = html("div", { class: "map-table", role: "grid", "data-testid": "map-table" });
  let built = "";
  let cells = [];

  table.addEventListener("click", ({ target, pointerType }) => {
    const at = placeOf(target);
    if (!at || !canPick(model)) return;
    model.cursor = at;
    pick(...at, pointerType === "touch");
  });
  table.addEventListener("focusin", ({ target }) => {
    const at = placeOf(target);
    if (at) model.cursor = at;
    render();
  });
  table.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    const [row, col] = here();
    const to = walked(row, col, key, model.data);
    if (to) go(to);
    else if ((key === "Enter" || key === " ") && canPick(model)) pick(row, col, false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // Where the cursor was left, else where the question begins.
  function here() {
    const { box, rows, cols } = model.data;
    const [row, col] = model.cursor ?? [box?.rows[0] ?? 0, box?.cols[0] ?? 0];
    return [inside(row, rows), inside(col, cols)];
  }

  function go(at) {
    model.cursor = at;
    const cell = cells[at[0] * model.data.cols + at[1]];
    cell.focus({ preventScroll: true });
    // By no more than it takes: a map that is larger than the screen is walked without a jump.
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function build({ rows, cols }) {
    if (built === `${rows},${cols}`) return;
    built = `${rows},${cols}`;
    const lines = Array.from({ length: rows }, (_, row) =>
      html("div", { role: "row" }, ...Array.from({ length: cols }, (_, col) => html("div", { role: "gridcell", "data-row": row, "data-col": col }))),
    );
    table.replaceChildren(...lines);
    table.style.gridTemplate = `repeat(${rows}, 1fr) / repeat(${cols}, 1fr)`;
    cells = [...table.querySelectorAll("[role=gridcell]")];
  }

  function paint(marks) {
    const { data } = model;
    build(data);
    const picks = canPick(model);
    const [row, col] = here();
    table.classList.toggle("picks", picks);
    table.setAttribute("aria-label", fill(data.text.map, data));
    if (data.kind === "pick" || data.kind === "back") table.setAttribute("aria-multiselectable", `${data.kind === "back"}`);
    else table.removeAttribute("aria-multiselectable");
    cells.forEach((cell, k) => {
      const at = [(k - (k % data.cols)) / data.cols, k % data.cols];
      cell.tabIndex = at[0] === row && at[1] === col ? 0 : -1;
      cell.setAttribute("aria-label", says(at, model, marks));
      if (picks) cell.setAttribute("aria-selected", `${holds(marks.own, at)}`);
      else cell.removeAttribute("aria-selected");
    });
  }

  return { root: table, paint };
}

function says([row, col], { data, cells }, marks) {
  const words = [fill(data.text.cell, { row, col, value: number(cells[row * data.cols + col]) })];
  for (const name of ["own", "right", "wrong"]) if (holds(marks[name], [row, col])) words.push(data.text[`cell.${name}`]);
  for (const { i, j, ...bin } of marks.sections) {
    if (bin.top <= row && row < bin.bottom && bin.left <= col && col < bin.right) words.push(fill(data.text["cell.section"], { i, j }));
  }
  return words.join(data.text.list);
}

function walked(row, col, key, { rows, cols }) {
  const step = ARROWS[key];
  if (step) return [inside(row + step[0], rows), inside(col + step[1], cols)];
  if (key === "Home") return [row, 0];
  return key === "End" ? [row, cols - 1] : null;
}

function placeOf(target) {
  const cell = target.closest("[data-row]");
  return cell && [Number(cell.dataset.row), Number(cell.dataset.col)];
}

function inside(at, count) {
  return Math.max(0, Math.min(count - 1, at));
}
