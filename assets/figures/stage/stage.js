// The stage: a feature map, boxes on it, their bins and the pooled output.
//
// What a page has beside and below them it hands in, as `page`:
//   name           the stage's class is `with-NAME`
//   heightOfMap    () => px, how high the map may be where the output stands beside it
//   widthOfOutput  (isWide) => px, where the output may not be as wide as there is room; it is wide where
//                  the output stands beside the map
//   besideCaption  whether a narrow screen has an output of few cells beside the caption, as it has where
//                  the page fills it
//   onPaper        px that the map may take of a page's width, where it is printed
//   fillsScreen    whether the page is about the map, and has as much of the screen for it as it can
//   presentedMap   how much of the width the map has when it is presented
//   fromStart, grows, own  how its exercise behaves: see model.js
//   tied, face, live  what is ringed beside the maxima, what the output's cells show, what is said
//                  while the box is in the hand, where it isn't what the pooling makes
//   address        where the step is kept that is shown, if not in the page's address: `step()` is the one to
//                  begin with, NaN for none, and `tell({ at })` keeps one
//   parts          (stage) => what stands round the figure: `beside` it, `below` it, `said` beside the
//                  caption, each a list of elements; what all steps are about is `watched`;
//                  `remove` takes a box away, `pick` has another play; `paint(root, cell)`

import { isGuest } from "../common/address.js";
import { createBoxFocus } from "./boxfocus.js";
import { createBrush } from "./brush.js";
import { createCaption } from "./caption.js";
import { createChannels } from "./channels.js";
import { createCellEditor, mapCells } from "./celledit.js";
import { html } from "../common/dom.js";
import { settleDrafts } from "./drafts.js";
import { fly } from "./flight.js";
import { batchColour } from "../common/colour.js";
import { createGestures } from "./gestures.js";
import { createGrid } from "../common/grid.js";
import { createHoverLabel } from "./hoverlabel.js";
import { createInvitation } from "./invitation.js";
import { createFollow } from "./follow.js";
import { createImages } from "./images.js";
import { createKeys } from "./keys.js";
import { createLegend } from "./legend.js";
import { isOn } from "../common/looks.js";
import { createPainter, markKeyboard } from "../common/mount.js";
import { edit } from "../common/exercise.js";
import { adopt, createModel, firstStep, scene, shown } from "../common/model.js";
import { createMapTable } from "./maptable.js";
import { createOutput } from "./output.js";
import { createOverlay, litBins } from "./overlay.js";
import { createPlayer } from "../common/player.js";
import { createPost } from "../common/post.js";
import { createRest } from "../common/rest.js";
import { createSaved } from "../common/saved.js";
import { createAddress, leaveStep, leftStep, stepInAddress, toldOf } from "../common/share.js";
import { createNotices } from "./story.js";
import { createPrint } from "./print.js";
import { createRoom } from "./room.js";
import { createTimeline } from "./timeline.js";
import { isAcknowledged } from "../common/unanswered.js";

export function createStage(host, page) {
  const model = createModel(page);
  const { step: stepAsked, tell } = page.address ?? { step: stepInAddress };
  model.opensAt = stepAsked();
  const addressBar = createAddress(() => toldOf(model.data.link, stepOf(model)), tell);
  // The sections whose maximum was shown, by the exercise; none before the first.
  let before = null;
  // How the exercise stood when its answer was hidden; null where it is shown.
  let hidden = null;

  const actions = {
    render: () => painter.render(),
    commit: (asked = {}) => {
      model.edited ||= model.changed.size > 0;
      // What is asked for beyond a change is another look, or a way back.
      model.touched = Object.keys(asked).length === 0;
      edit(model, asked);
      post.send();
    },
    // For what is held down: an edit once it has come to rest.
    soon: () => rest.soon(),
    flush: () => rest.flush(),
    takeBack: () => actions.commit({ undo: true }),
    doAgain: () => actions.commit({ redo: true }),
    removeBox: (index) => parts.remove?.(index),
    pickBox: (index) => parts.pick?.(index),
    editCell: (at) => editor.open(at),
    showKeys: (on) => timeline.showKeys(on),
    putBrushAway: () => brush.putAway(),
    focusBox: () => boxFocus.take(),
    focusStage: () => table.takeBack() || root.focus({ preventScroll: true }),
  };
  const player = createPlayer(model, actions.render);
  const grid = createGrid();
  const overlay = createOverlay(page.tied);
  const table = createMapTable(model, actions.render);
  const boxFocus = createBoxFocus(model);
  const invitation = createInvitation(model, page);
  const map = html("div", { class: "map", "data-testid": "map" }, grid.canvas, overlay.under, grid.numbers, overlay.root, boxFocus.root, table.root, invitation.root);
  const legend = createLegend(model);
  const mapArea = html("div", { class: "map-area" }, grid.colNumbers, grid.rowNumbers, map, legend.root);
  // Which cell of another face is chosen is told with the next edit.
  const choices = page.face ? { ...actions, commit: actions.render } : actions;
  const output = createOutput(model, choices, page.face?.(grid.canvas));
  const caption = createCaption(model, page.live);
  const notices = createNotices(model);
  const print = createPrint(model, host, () => stepOf(model), () => paint());
  const saved = createSaved(model);
  const channels = createChannels(model, actions);
  const images = createImages(model, actions);
  const root = html("div", { class: `stage with-${page.name}`, "data-testid": "stage", tabindex: 0, role: "group" });
  const brush = createBrush(model, root, actions);
  const timeline = createTimeline(model, player, brush, () => stepOf(model));
  const parts = page.parts({ model, player, actions, mapArea, output, ground: grid.canvas });
  const { beside, below = [], said = [] } = parts;
  root.append(
    mapArea,
    output.root,
    ...below,
    timeline.root,
    html("div", { class: "said" }, caption.root, ...said, table.said),
    channels.root,
    print.link,
    html("aside", { class: "side" }, html("div", { class: "side-inner" }, images.root, ...beside, notices.root)),
  );
  const room = createRoom(page, { root, mapArea, map, legend: legend.root, output: output.root });
  host.replaceChildren(root, saved.root);
  const editor = createCellEditor(model, map, mapCells(model), actions);
  const label = createHoverLabel(model, map);
  const gestures = createGestures(model, map, actions);
  const follow = createFollow(model, room, { map: mapArea, output: output.root, watched: parts.watched });
  const rest = createRest(model, root, actions.commit);
  const keys = createKeys(model, root, player, actions);
  const painter = createPainter(host, paint);
  const post = createPost(model, root, painter.render);
  // So that Space plays at once, unless the reader is somewhere else already, or the page another's.
  if (!isGuest() && document.activeElement === document.body) root.focus({ preventScroll: true });
  markKeyboard(root);

  function paint() {
    const { data } = model;
    if (!data) return;
    reveal();
    const { kind } = scene(model);
    const cell = room.forMap(data, print.isPrinting());
    root.dataset.scene = kind;
    post.mark();
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
    boxFocus.paint(cell);
    invitation.paint(root, cell);
    output.paint(...room.forOutput(data, cell));
    legend.paint();
    timeline.paint();
    caption.paint();
    saved.paint();
    notices.paint();
    channels.paint();
    images.paint();
    parts.paint(root, cell);
    editor.paint(cell);
    label.paint(cell);
    table.paint();
    if (room.isOff()) actions.render();
    // A step that only passes is none to come back to.
    if (!model.playing) addressBar.keep();
    follow.paint();
    flyFound();
  }

  // Whoever asked at an earlier step is shown what was asked for; who only looked away is where they were.
  function reveal() {
    const before = hidden;
    if (!isOn("hide")) hidden = null;
    else hidden ??= standing();
    if (!before || hidden) return;
    const { asked } = model;
    model.asked = false;
    if (!asked && (before === standing() || !shown(model).box)) return;
    const answer = model.data.scenes.findIndex(({ kind }) => kind === "maxima");
    if (model.step < answer) player.seek(answer);
  }

  function standing() {
    return [model.step, model.seq].join();
  }

  // A step on, and not one that is only painted again.
  function flyFound() {
    const { found } = shown(model);
    const { step, bins, data } = model;
    const on = before && step > before.step && data === before.data;
    if (on) fly(root, map, output.grid, model, bins.slice(before.found, found));
    before = { step, found, data };
  }

  return {
    update(data, { setStateValue, setTriggerValue }) {
      model.leave = () => setTriggerValue("onward", true);
      if (!model.data && Number.isNaN(model.opensAt)) model.opensAt = leftStep(page.name, data);
      const { sent } = model.data?.go ?? {};
      adopt(model, data);
      // Python leads to a step; where it led to before the stage was there is in the address.
      if (sent !== undefined && data.go.sent !== sent) player.seek(data.go.step);
      post.heard(setStateValue);
      if (isAcknowledged(model)) settleDrafts(model);
      paint();
    },
    destroy() {
      leaveStep(page.name, model.data, model.step);
      player.destroy();
      timeline.destroy();
      brush.destroy();
      gestures.destroy();
      rest.destroy();
      keys.destroy();
      post.destroy();
      painter.destroy();
      print.destroy();
      addressBar.destroy();
    },
  };
}

// The step that a link names: none where the page begins with it.
function stepOf(model) {
  return model.step === firstStep(model) ? null : model.step;
}
