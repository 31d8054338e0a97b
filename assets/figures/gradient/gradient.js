// The stage on the way back: the output shows the gradient that arrives, and the map stands there a
// second time, as the gradient sees it.

import { passed, sendBack, tied } from "./backward.js";
import { gradientFace } from "./face.js";
import { rem } from "../common/geometry.js";
import { mounted } from "../common/mount.js";
import { fill } from "../common/text.js";
import { createBoxTable } from "../stage/boxtable.js";
import { besides } from "../stage/room.js";
import { createStage } from "../stage/stage.js";
import { createWayBack } from "./wayback.js";

// On a low screen both maps and the timeline stand on it at once, however far the page has to be scrolled.
const onTall = besides(28.25);
const heightOfMap = () => Math.min(onTall(), Math.max(180, window.innerHeight - rem(10.625)));

export default mounted(createGradient);

function createGradient(host) {
  return createStage(host, {
    name: "gradient",
    own: ["gradient"],
    onPaper: 232,
    besideCaption: true,
    heightOfMap,
    presentedMap: 0.39,
    tied,
    face: gradientFace,
    live,
    parts: withWayBack,
  });
}

// How many cells receive something is known when all of it has been carried there.
function live(model, place) {
  const { text } = model.data;
  if (passed(model).carried < Infinity) return fill(text["live.place"], place);
  return fill(text["gradient.live"], { ...place, count: sendBack(model).shares.size });
}

function withWayBack({ model, actions, mapArea, output, ground }) {
  const wayBack = createWayBack(model, mapArea, output, ground, actions);
  const boxes = createBoxTable(model, actions);
  return {
    below: [wayBack.root, wayBack.tools],
    watched: wayBack.root,
    beside: [boxes.root],
    said: [wayBack.lesson],
    remove: boxes.remove,
    paint(root, cell) {
      boxes.paint();
      wayBack.paint(root, cell);
    },
  };
}
