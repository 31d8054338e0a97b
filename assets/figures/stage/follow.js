// Where the parts of the figure stand one under the other: what the step is about is brought into sight.

import { scene } from "../common/model.js";

// The steps at which something comes into the output.
const OF_OUTPUT = ["scan", "maxima", "output"];

export function createFollow(model, room, { map, output }) {
  let before = null;
  let held = false;
  let plays = false;

  // Once for a kind of steps, once a drag, and when play is pressed: whoever scrolls elsewhere meanwhile is left there.
  function paint() {
    const { kind } = scene(model);
    const dragged = held && !model.gesture;
    held = model.gesture?.kind === "box" && model.gesture.dRow !== undefined;
    const started = model.playing && !plays;
    plays = model.playing;
    const comes = started || isTurned(before, kind) || (dragged && OF_OUTPUT.includes(kind));
    before = kind;
    if (!comes || model.gesture) return;
    const what = OF_OUTPUT.includes(kind) && !room.isWide() ? output : map;
    // Side by side both are in sight, but on a low screen, where they stand under *play*.
    if (room.isWide() && !(started && goesBelow(what))) return;
    what.scrollIntoView({ block: "nearest", behavior: isStill() ? "auto" : "smooth" });
  }

  return { paint };
}

// From map to output, or back, or to the end of the story.
function isTurned(before, kind) {
  if (before === null || before === kind) return false;
  return OF_OUTPUT.includes(kind) !== OF_OUTPUT.includes(before) || kind === OF_OUTPUT.at(-1);
}

function goesBelow(part) {
  return part.getBoundingClientRect().bottom > window.innerHeight;
}

function isStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
