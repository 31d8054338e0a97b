// The stage: a feature map, boxes on it, their bins and the pooled output, as a Streamlit component.

import { createBoxTable, settleDrafts } from "./boxtable.js";
import { createArithmetic, createCaption } from "./caption.js";
import { createChannels } from "./channels.js";
import { createCellEditor, createHoverLabel, mapCells } from "./celledit.js";
import { html } from "../common/dom.js";
import { fly } from "./flight.js";
import { batchColour } from "../common/colour.js";
import { cellSize } from "../common/geometry.js";
import { createGestures } from "./gestures.js";
import { gradientFace } from "../gradient/face.js";
import { createGrid } from "../common/grid.js";
import { createImages } from "./images.js";
import { createKeys } from "./keys.js";
import { createPainter, markKeyboard, mounted } from "../common/mount.js";
import { adopt, createModel, edit, firstStep, scene } from "../common/model.js";
import { createOutput, pooled, SHARE as OUTPUT_SHARE } from "./output.js";
import { createOverlay, litBins } from "./overlay.js";
import { createPlayer } from "../common/player.js";
import { createPost } from "../common/post.js";
import { createRest } from "../common/rest.js";
import { createRuler } from "../sizes/ruler.js";
import { createSaved } from "../common/saved.js";
import { createAddress, stepInAddress } from "../common/share.js";
import { createNotices, createStory } from "./story.js";
import { createTimeline } from "./timeline.js";
import { isAcknowledged } from "../common/unanswered.js";
import { createWayBack } from "../gradient/wayback.js";

const AXIS = 22;
// Where the columns stand under one another the map takes no more than this.
const WIDEST_MAP = 520;
// What else stands above and below the map on a screen that shows the whole story at once: beside the
// boxes a question more, the ruler under them.
const BESIDES_MAP = { story: 288, boxes: 336, ruler: 428, gradient: 452 };
const SMALLEST_MAP = 280;
// Where something else is what the page is about.
const COMPACT_MAP = 232;
const COMPACT_OUTPUT = 104;

export default mounted(createStage);

function createStage(host, { panel }) {
  const model = createModel();
  model.opensAt = stepInAddress();
  const addressBar = createAddress(model, () => stepOf(model));
  let lastKind = null;

  const actions = {
    render: () => painter.render(),
    commit: (asked = {}) => {
      model.edited ||= model.changed.size > 0;
      edit(model, asked);
      post.send();
    },
    // For what is held down: an edit once it has come to rest.
    soon: () => rest.soon(),
    flush: () => rest.flush(),
    takeBack: () => actions.commit({ undo: true }),
    removeBox: (index) => story.remove?.(index),
    editCell: (at) => editor.open(at),
    showKeys: (on) => timeline.showKeys(on),
    focusStage: () => root.focus({ preventScroll: true }),
  };
  const player = createPlayer(model, actions.render);
  const grid = createGrid();
  const overlay = createOverlay();
  const map = html("div", { class: "map", "data-testid": "map" }, grid.canvas, overlay.under, grid.numbers, overlay.root);
  const mapArea = html("div", { class: "map-area" }, grid.colNumbers, grid.rowNumbers, map);
  const returns = panel === "gradient";
  // Which cell of the gradient is chosen is told with the next edit.
  const choices = returns ? { ...actions, commit: actions.render } : actions;
  const output = createOutput(model, choices, returns ? gradientFace(grid.canvas) : pooled);
  const wayBack = returns ? createWayBack(model, mapArea, output, grid.canvas, actions) : null;
  const timeline = createTimeline(model, player, actions.render, () => stepOf(model));
  const caption = createCaption(model);
  const arithmetic = createArithmetic(model);
  const notices = createNotices(model);
  const saved = createSaved(model);
  const channels = createChannels(model, actions);
  const images = createImages(model, actions);
  const panels = {
    story: () => createStory(model, player),
    boxes: () => createBoxTable(model, actions),
    compact: () => createBoxTable(model, actions),
    ruler: () => createRuler(model, actions),
    gradient: () => createBoxTable(model, actions),
  };
  const story = panels[panel]();
  const root = html(
    "div",
    { class: `stage with-${panel}`, "data-testid": "stage", tabindex: 0, role: "group" },
    mapArea,
    output.root,
    ...(wayBack ? [wayBack.root] : []),
    ...(panel === "ruler" ? [story.root] : []),
    timeline.root,
    // The ruler has the arithmetic of the cut on it.
    html("div", { class: "said" }, caption.root, ...(wayBack ? [wayBack.lesson] : panel === "ruler" ? [] : [arithmetic.root])),
    channels.root,
    html("aside", { class: "side" }, html("div", { class: "side-inner" }, images.root, story.said ?? story.root, notices.root)),
  );
  host.replaceChildren(root, saved.root);
  const editor = createCellEditor(model, map, mapCells(model), actions);
  const label = createHoverLabel(model, map);
  createGestures(model, map, actions);
  const rest = createRest(model, root, actions.commit);
  createKeys(model, root, player, actions);
  const painter = createPainter(host, paint);
  const post = createPost(model, root, painter.render);
  // So that Space plays at once, unless the reader is somewhere else already.
  if (document.activeElement === document.body) root.focus({ preventScroll: true });
  markKeyboard(root);

  function paint() {
    const { data } = model;
    if (!data) return;
    const { kind } = scene(model);
    const cell = layout(data);
    root.dataset.scene = kind;
    root.dataset.ack = `${data.ack}`;
    root.dataset.confirmed = `${isAcknowledged(model) && !model.gesture}`;
    root.classList.toggle("brushing", model.brush !== null);
    root.classList.toggle("dragging", model.gesture?.kind === "box");
    root.setAttribute("aria-label", data.text.described);
    map.dataset.rows = data.rows;
    map.dataset.cols = data.cols;
    root.dataset.image = `${model.image}`;
    root.dataset.channel = `${model.channel}`;
    root.classList.toggle("batch", data.images > 1);
    root.style.setProperty("--batch", batchColour(model.image));
    grid.paint(model, cell, litBins(model));
    overlay.paint(model, cell);
    output.paint(Math.min(output.root.clientWidth - 16, besideMap()));
    timeline.paint();
    caption.paint();
    arithmetic.paint();
    story.paint();
    saved.paint();
    notices.paint();
    channels.paint();
    images.paint();
    wayBack?.paint(root, cell);
    editor.paint(cell);
    label.paint(cell);
    // A step that only passes is none to come back to.
    if (!model.playing) addressBar.keep();
    if (lastKind === "maxima" && kind === "output") fly(root, map, output.grid, model);
    lastKind = kind;
  }

  // Over a ruler, or a table, the output must not push it down.
  function besideMap() {
    if (panel === "compact") return COMPACT_OUTPUT / OUTPUT_SHARE;
    return panel === "ruler" && isWide() ? heightOfMap() - 40 : Infinity;
  }

  function isWide() {
    return mapArea.clientWidth < root.clientWidth;
  }

  function heightOfMap() {
    if (panel === "compact") return Math.max(COMPACT_MAP, 0.29 * window.innerHeight);
    return Math.max(SMALLEST_MAP, window.innerHeight - BESIDES_MAP[panel]);
  }

  function layout({ rows, cols }) {
    const beside = isWide();
    const width = Math.min(beside ? Infinity : WIDEST_MAP, mapArea.clientWidth - AXIS);
    const height = beside ? heightOfMap() : width;
    const cell = cellSize(rows, cols, width, height);
    map.style.width = `${cols * cell}px`;
    map.style.height = `${rows * cell}px`;
    return cell;
  }

  return {
    update(data, { setStateValue }) {
      adopt(model, data);
      post.heard((message) => setStateValue("edit", message));
      if (isAcknowledged(model)) settleDrafts(model);
      paint();
    },
    destroy() {
      player.destroy();
      rest.destroy();
      post.destroy();
      painter.destroy();
      addressBar.destroy();
    },
  };
}

// The step that a link names: none where the page begins with it.
function stepOf({ step, data }) {
  return step === firstStep(data) ? null : step;
}
