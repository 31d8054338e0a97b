// What the head says of the chosen proposal: how sure of each class, and where it would move the box.

import { classColour } from "../common/colour.js";
import { colours, sized } from "./image.js";
import { reached, refinedOf } from "./model.js";
import { html, setText } from "../common/dom.js";
import { rem } from "../common/geometry.js";

// Of the cut-out: the share of the boxes' size that is shown around them, and its height to its width.
const AROUND = 0.35;
const SHAPE = 0.72;
// In rem.
const WIDEST = 18.75;

export function createScores(model, photo) {
  const bars = html("div", { class: "bars", "data-testid": "scores" });
  const canvas = html("canvas", { "aria-hidden": "true" });
  const note = html("p", { class: "note" });
  const foot = html("div", { class: "foot" }, canvas, note);

  function paint(room) {
    const { data } = model;
    const { text, classes } = data;
    // Until the head has spoken there are no names and no numbers, to no eye and no screen reader.
    const view = reached(model, "scores") ? model.view : null;
    bars.classList.toggle("meaningless", !data.known);
    foot.classList.toggle("meaningless", !data.known);
    while (bars.childElementCount < classes.length) bars.append(createBar(bars.childElementCount));
    [...bars.children].forEach((bar, k) => {
      const score = view?.scores[k] ?? 0;
      bar.dataset.value = view ? score : "";
      bar.classList.toggle("best", Boolean(view) && k === view.best);
      bar.style.setProperty("--share", `${100 * score}%`);
      setText(bar.firstChild, view ? classes[k] : "");
      setText(bar.lastChild, view ? score.toFixed(2) : "");
    });
    setText(note, view ? noteOf(text) : "");
    if (view) paintCut(Math.min(room, rem(WIDEST)));
    else sized(canvas, { width: room, height: 0 });
  }

  function noteOf(text) {
    const { data, view, sections } = model;
    if (!data.known) return text["detector.meaningless"];
    const words = [view.best === 0 ? text["detector.kept_out"] : text["detector.refined"]];
    if (sections !== data.scored) words.push(text["detector.scored"]);
    return words.join(text.join);
  }

  // The part of the picture around the box, and in it the box as proposed and as refined.
  function paintCut(room) {
    const { data, view } = model;
    const size = { width: room, height: Math.round(room * SHAPE) };
    const refined = data.known && view.best === 0 ? view.box : refinedOf(model, model.proposal);
    const [x1, y1, x2, y2] = [0, 1, 2, 3].map((k) => (k < 2 ? Math.min : Math.max)(view.box[k], refined[k]) + (k < 2 ? 0 : 1));
    const wide = Math.max((x2 - x1) * (1 + AROUND), ((y2 - y1) * (1 + AROUND)) / SHAPE);
    const scale = room / wide;
    const [width, height] = data.size.detected;
    const left = inside((x1 + x2 - wide) / 2, wide, width);
    const top = inside((y1 + y2 - wide * SHAPE) / 2, wide * SHAPE, height);
    const place = ([a, b, c, d]) => [(a - left) * scale, (b - top) * scale, (c + 1 - a) * scale, (d + 1 - b) * scale];
    const context = sized(canvas, size);
    context.imageSmoothingEnabled = data.size.searched[0] / width > 1.5;
    if (photo.complete && photo.naturalWidth) context.drawImage(photo, -left * scale, -top * scale, width * scale, height * scale);
    const { ink, page } = colours(canvas);
    const lines = [{ box: view.box, colour: ink, around: page, dash: [5, 4] }];
    if (!data.known) lines.push({ box: refined, colour: "#8a8f98", around: page, dash: [] });
    else if (view.best > 0) lines.push({ box: refined, colour: classColour(view.best - 1).colour, around: "#fff", dash: [] });
    for (const { box, colour, around, dash } of lines) {
      for (const [stroke, extra] of [[around, 2.5], [colour, 0]]) {
        context.setLineDash(extra ? [] : dash);
        Object.assign(context, { strokeStyle: stroke, lineWidth: 2 + extra });
        context.strokeRect(...place(box));
      }
    }
    context.setLineDash([]);
  }

  return { bars, foot, paint };
}

// Where a cut so long begins so that it lies in the picture, or in its middle where it is longer.
function inside(start, length, whole) {
  return length > whole ? (whole - length) / 2 : Math.max(0, Math.min(whole - length, start));
}

function createBar(k) {
  const bar = html("div", { class: "bar", "data-testid": `score-${k}` }, html("span"), html("i"), html("b"));
  bar.style.setProperty("--class", k ? classColour(k - 1).colour : "var(--muted)");
  return bar;
}
