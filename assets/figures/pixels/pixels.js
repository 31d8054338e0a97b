// From image to cells: RoIPool and RoIAlign on one box in image pixels, as a Streamlit component.

import { createAlignView } from "./alignview.js";
import { html, setText } from "../common/dom.js";
import { cellSize, rem } from "../common/geometry.js";
import { edit } from "../common/exercise.js";
import { isOn } from "../common/looks.js";
import { createPainter, markKeyboard, mounted } from "../common/mount.js";
import { curveOf } from "./curve.js";
import { createArrows, createPointer } from "./hold.js";
import { adopt, createModel } from "./model.js";
import { createFields, createOutputs, sentenceOf, settleFields } from "./numbers.js";
import { createAlignHead, createCover, createPoolHead, createShares, createValueKeys } from "./heads.js";
import { createPoolView } from "./poolview.js";
import { createPost } from "../common/post.js";
import { createSaved } from "../common/saved.js";
import { createAddress, toldOf } from "../common/share.js";
import { createStrip } from "../common/strip.js";
import { number, tenths } from "../common/text.js";
import { isAcknowledged } from "../common/unanswered.js";

// Beside the map the pixels at its edge, in rem, and what drift is told there.
const AXIS = 2;
const RIGHT = 12;
const PRESENTED_AXIS = { beside: 4, above: 1.875 };
// What else stands above and below the maps on a screen that shows all of it at once, in rem.
const BESIDES_MAP = 32.5;
const SMALLEST_MAP = 240;
const LEAST_PRESENTED = 120;
// Between what stands over one another in a view.
const GAP = 8;

export default mounted(createPage);

function createPage(host) {
  const model = createModel();
  const addressBar = createAddress(() => toldOf(model.data.link));
  // The size of a cell on the screen; null until there is, or may be, another one.
  let cell = null;
  // How much there is for a view that is presented, in px; what is said under it takes the rest.
  let room = 0;
  const actions = {
    render: () => painter.render(),
    commit: (asked = {}) => {
      edit(model, asked);
      post.send();
    },
    takeBack: () => actions.commit({ undo: true }),
    focus: () => root.focus({ preventScroll: true }),
  };
  const pool = createPoolView();
  const align = createAlignView(model, actions);
  const heads = [createPoolHead(model, actions), createAlignHead(model, actions)];
  const strips = [createStrip("error-strip", ["lost", "taken"]), createStrip("value-strip", ["averaged", "pooled"])];
  const keys = [createShares(), createValueKeys()];
  const fields = createFields(model, actions);
  const outputs = createOutputs();
  const cover = createCover(host);
  const licence = html("p", { class: "licence" });
  const saved = createSaved(model);
  const caption = html("p", { class: "caption", "data-testid": "caption", "aria-live": "polite" });
  const [left, right] = [pool, align].map((view, k) =>
    html("section", { class: "view" }, heads[k].root, view.root, keys[k].root, strips[k].root),
  );
  const root = html(
    "div",
    { class: "pixels", "data-testid": "pixels", tabindex: 0, role: "group" },
    cover.root,
    left,
    right,
    html("div", { class: "below words" }, caption, fields.root),
    html("div", { class: "below" }, outputs.root, align.readout, licence),
  );
  host.replaceChildren(root, saved.root);
  createPointer(model, pool.map, actions);
  createPointer(model, align.map, actions, align.tapped);
  const arrows = createArrows(model, root, actions);
  const painter = createPainter(host, paint, () => (cell = null));
  const post = createPost(model, root, painter.render);
  markKeyboard(root);

  function paint() {
    const { data } = model;
    if (!data) return;
    cell ??= layout(data);
    post.mark();
    root.classList.toggle("dragging", model.gesture !== null);
    root.setAttribute("aria-label", data.text["pixels.title"]);
    root.setAttribute("aria-description", data.text["pixels.described"]);
    pool.paint(model, cell);
    align.paint(cell);
    for (const head of heads) head.paint();
    cover.paint(data);
    setText(licence, data.text["pixels.licence"]);
    paintStrips();
    fields.paint();
    saved.paint();
    outputs.paint(model);
    setText(caption, sentenceOf(model));
    if (!isPresented() || left.clientHeight === room) return;
    cell = null;
    painter.render();
  }

  function paintStrips() {
    const { data, view } = model;
    const { text } = data;
    const hidden = isOn("hide");
    // The curve of values starts and ends with those that are asked for, and has them for its limits.
    const curve = hidden ? { ...curveOf(model), pooled: [], averaged: [] } : curveOf(model);
    const here = {
      numbers: view.numbers,
      lost: (100 * view.lost) / view.area,
      taken: (100 * view.taken) / view.area,
      pooled: hidden ? NaN : view.pooled[0],
      averaged: hidden ? NaN : view.averaged[0],
    };
    const shown = { data, view: here };
    const most = Math.max(...curve.lost, ...curve.taken, here.lost, here.taken, 10);
    strips[0].paint(shown, curve, cell, [0, most], (value) => `${tenths(value)}%`, text["pixels.strip.error"]);
    const values = [curve.pooled ?? [], curve.averaged, here.pooled, here.averaged].flat().filter(Number.isFinite);
    strips[1].paint(shown, curve, cell, values.length ? [Math.min(...values), Math.max(...values)] : [0, 1], hidden ? () => "" : number, text["pixels.strip.value"]);
    keys[0].paint(model, here);
    keys[1].paint(model, here);
  }

  function layout({ rows, cols }) {
    const width = left.clientWidth - rem(isPresented() ? PRESENTED_AXIS.beside : AXIS) - RIGHT;
    const height = isPresented() ? presentedHeight() : isBeside() ? Math.max(SMALLEST_MAP, window.innerHeight - rem(BESIDES_MAP)) : width;
    const fitting = cellSize(rows, cols, width, height);
    root.style.setProperty("--wide", `${cols * fitting}px`);
    return fitting;
  }

  function isBeside() {
    return left.offsetTop === right.offsetTop;
  }

  function isPresented() {
    return isOn("present") && isBeside();
  }

  function presentedHeight() {
    room = left.clientHeight;
    const above = [...left.children].filter((one) => one !== pool.root).map((one) => one.getBoundingClientRect().height + GAP);
    return Math.max(LEAST_PRESENTED, above.reduce((sum, px) => sum - px, room - rem(PRESENTED_AXIS.above)));
  }

  return {
    update(data, { setStateValue }) {
      adopt(model, data);
      post.heard(setStateValue);
      cell = null;
      addressBar.keep();
      if (isAcknowledged(model)) settleFields(model);
      paint();
    },
    destroy() {
      arrows.destroy();
      post.destroy();
      painter.destroy();
      addressBar.destroy();
    },
  };
}
