// The N×5 table of boxes, in step with the stage: type, add, duplicate, remove, choose which plays.

import { boxOnCells, cellsInside } from "../common/bins.js";
import { batchColour } from "../common/colour.js";
import { html, icon, setText, toggle } from "../common/dom.js";
import { pulled } from "../common/geometry.js";
import { isOnStage, refresh } from "../common/model.js";
import { createNumberField } from "../common/numberfield.js";
import { fill, parse } from "../common/text.js";
import { plainField } from "../common/typed.js";

const COLUMNS = ["batch_index", "x1", "y1", "x2", "y2"];

export function createBoxTable(model, { render, commit, focusStage }) {
  const head = html("thead", {});
  const body = html("tbody", {});
  const table = html("table", { class: "boxes", "data-testid": "boxes" }, head, body);
  const problem = html("p", { class: "problem", role: "alert" });
  const add = html("button", { type: "button", class: "add", "data-testid": "add-box" }, icon("add"), html("span"));
  const root = html("section", { class: "box-panel" }, html("h2", { class: "label" }), html("div", { class: "scroll" }, table), problem, add);
  let language = "";

  add.addEventListener("click", () => {
    const { rows, cols } = model.data;
    const shift = model.boxes.length % 8;
    const first = { rows: [0, Math.min(rows, 4)], cols: [0, Math.min(cols, 4)] };
    const place = pulled(first, "move", shift, shift, model.data);
    append(boxOnCells(model.data, model.image, place.rows, place.cols));
  });

  function append(box) {
    model.boxes = [...model.boxes, box];
    changed(model.boxes.length - 1);
  }

  function duplicate(i) {
    const box = model.boxes[i];
    const inside = cellsInside(box, model.data.rows, model.data.cols);
    const place = pulled(inside, "move", 1, 1, model.data);
    const [dRow, dCol] = [place.rows[0] - inside.rows[0], place.cols[0] - inside.cols[0]];
    const [batch, x1, y1, x2, y2] = box.numbers;
    // The numbers are shifted as they stand, so that a fractional box stays fractional.
    const [dx, dy] = [dCol, dRow].map((cells) => cells * model.data.rule.unit);
    const numbers = [batch, x1 + dx, y1 + dy, x2 + dx, y2 + dy];
    append({ ...boxOnCells(model.data, batch, place.rows, place.cols), numbers });
  }

  function remove(i) {
    model.boxes = model.boxes.filter((_, k) => k !== i);
    model.drafts.clear();
    // The button goes with its row, and the focus would fall out of the stage.
    focusStage();
    changed(Math.max(0, nearest(model.selected - (i < model.selected))));
  }

  // A box of the image on the stage, the wanted one or the next to it; the last of all else.
  function nearest(wanted) {
    const here = model.boxes.flatMap((box, k) => (isOnStage(model, box) ? [k] : []));
    return here.find((k) => k >= wanted) ?? here.at(-1) ?? model.boxes.length - 1;
  }

  // One of another image comes onto the stage when Python has sent that image.
  function picked(i) {
    const box = model.boxes[i];
    if (isOnStage(model, box)) changed(i);
    else commit({ selected: i, image: box.numbers[0] });
  }

  function changed(selected) {
    model.selected = selected;
    refresh(model);
    commit();
    render();
  }

  function typed(i, column, input) {
    const draft = plainField(input);
    const value = parse(draft);
    model.drafts.set(`${i},${column}`, draft);
    if (value !== null) {
      const box = model.boxes[i];
      const boxes = model.boxes.with(i, { ...box, numbers: box.numbers.with(column, value) });
      const goes = column === 0 && value !== model.image;
      // One that names no image stays where it is, and Python says why.
      if (goes && !(Number.isInteger(value) && value >= 0 && value < model.data.images)) {
        commit({ boxes: boxes.map(({ numbers }) => numbers) });
        return render();
      }
      // A box that plays takes the look along: it stays to be seen until its map comes.
      if (goes && i === model.selected && isOnStage(model, box)) model.image = value;
      model.boxes = boxes;
      commit();
    }
    render();
  }

  function createRow(i) {
    const pick = html("input", { type: "radio", name: "box", "data-testid": `pick-${i}` });
    pick.addEventListener("change", () => picked(i));
    const cells = COLUMNS.map((name, column) => {
      const input = createNumberField({ "data-testid": `box-${i}-${name}` });
      input.addEventListener("change", () => typed(i, column, input));
      return html("td", {}, input);
    });
    const actions = [tool("copy", () => duplicate(i)), tool("remove", () => remove(i))];
    actions.forEach((action, k) => action.setAttribute("data-testid", `${["duplicate", "remove"][k]}-${i}`));
    return html("tr", {}, html("td", { class: "pick" }, html("label", {}, pick, `${i}`)), ...cells, html("td", { class: "actions" }, ...actions));
  }

  function paintRow(row, i) {
    const { text, mostBoxes } = model.data;
    const box = model.boxes[i];
    const plays = i === model.selected && isOnStage(model, box);
    row.classList.toggle("selected", plays);
    row.style.setProperty("--batch", batchColour(box.numbers[0]));
    const pick = row.querySelector("[type=radio]");
    pick.checked = plays;
    pick.setAttribute("aria-label", fill(text["boxes.pick"], { box: i }));
    row.querySelectorAll("input:not([type=radio])").forEach((input, column) => {
      const draft = model.drafts.get(`${i},${column}`);
      const wrong = draft !== undefined && problemOf(i, column) !== null;
      const value = draft ?? `${box.numbers[column]}`;
      if (document.activeElement !== input && input.getRootNode().activeElement !== input) {
        if (input.value !== value) input.value = value;
      }
      toggle(input, "aria-invalid", wrong);
      input.setAttribute("aria-label", fill(text["boxes.cell"], { box: i, column: COLUMNS[column] }));
    });
    const [copy, drop] = row.querySelectorAll("button");
    copy.disabled = model.boxes.length >= mostBoxes;
    copy.title = text["boxes.duplicate"];
    copy.setAttribute("aria-label", fill(text["boxes.duplicate.named"], { box: i }));
    drop.title = text["boxes.remove"];
    drop.setAttribute("aria-label", fill(text["boxes.remove.named"], { box: i }));
  }

  // What is wrong with what was typed there: no number, or Python could not use it.
  function problemOf(i, column) {
    const draft = model.drafts.get(`${i},${column}`);
    if (draft !== undefined && parse(draft) === null) return fill(model.data.text["not-a-number"], { text: draft });
    return model.data.problems.find((one) => one.box === i && one.column === column)?.text ?? null;
  }

  function paint() {
    const { text, mostBoxes, problems } = model.data;
    if (language !== model.data.language) {
      language = model.data.language;
      const names = COLUMNS.map((name) => html("th", { scope: "col", title: text[`boxes.${name}`] }, name === "batch_index" ? text["boxes.batch"] : name));
      head.replaceChildren(html("tr", {}, html("th", { scope: "col" }, html("span", { class: "unseen" }, text["boxes.plays"])), ...names, html("td", {})));
      setText(root.firstChild, text["boxes.title"]);
    }
    table.classList.toggle("batch", model.data.images > 1);
    while (body.childElementCount > model.boxes.length) body.lastElementChild.remove();
    while (body.childElementCount < model.boxes.length) body.append(createRow(body.childElementCount));
    [...body.children].forEach(paintRow);
    const full = model.boxes.length >= mostBoxes;
    add.disabled = full;
    setText(add.lastChild, full ? fill(text["boxes.full"], { most: mostBoxes }) : text["boxes.add"]);
    const messages = [...model.drafts.keys()].map((key) => {
      const [i, column] = key.split(",").map(Number);
      return problemOf(i, column);
    });
    const rest = problems.filter((one) => one.column === null).map((one) => one.text);
    setText(problem, [...new Set([...messages.filter(Boolean), ...rest])].join(" "));
    problem.hidden = !problem.textContent;
  }

  return { root, paint, remove, pick: picked };
}

function tool(name, clicked) {
  const made = html("button", { type: "button", class: "row-tool" }, icon(name));
  made.addEventListener("click", clicked);
  return made;
}
