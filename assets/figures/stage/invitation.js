// On the map, until a box has been moved: that it can be. It stands on the line of the box, where no number is.

import { cellsInside } from "../common/bins.js";
import { html, icon, setText } from "../common/dom.js";
import { pixels } from "../common/paths.js";
import { isOn } from "../common/looks.js";
import { scene, selectedBox, shown } from "../common/model.js";

// A reload invites again; another page of the app does not.
const MOVED = Symbol.for("roipool.moved");
// Where the story is told from its start, the steps that are about the map and the box alone.
const EARLY = ["input", "proposal"];
// px from the end of the line to its middle.
const FROM_END = 84;

export function createInvitation(model, { fillsScreen, fromStart }) {
  const words = html("span", {});
  const root = html("div", { class: "hint", "aria-hidden": "true", "data-testid": "hint" }, icon("drag"), words);

  // `stage` is marked while the box that the story has not come to is drawn to be reached for, and while
  // the words beside it say so.
  function paint(stage, cell) {
    const view = shown(model);
    const box = selectedBox(model);
    if (model.gesture?.kind === "box" && model.gesture.dRow !== undefined) window[MOVED] = true;
    const rests = fillsScreen && !isOn("present") && !model.playing && model.brush === null && !model.editing;
    const invites = Boolean(rests && box && !window[MOVED] && (!fromStart || EARLY.includes(scene(model).kind)));
    stage.classList.toggle("inviting", invites);
    stage.classList.toggle("reachable", Boolean(rests && box));
    if (!box || !(view.box || view.cue)) return;
    setText(words, model.data.text["hint.drag"]);
    place(cellsInside(box, model.data.rows, model.data.cols), cell);
  }

  // Towards the end of the upper line, or where that is the map's own edge of the lower one; of a short
  // line in its middle.
  function place(cells, cell) {
    const { x, y, width, height } = pixels(cells, cell);
    root.style.setProperty("--x", `${Math.max(x + width / 2, x + width - FROM_END)}px`);
    root.style.setProperty("--y", `${y > 0 ? y : y + height}px`);
  }

  return { root, paint };
}
