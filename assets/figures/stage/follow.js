// Where the parts of the figure stand one under the other: what the step is about is brought into sight.

import { scene } from "../common/model.js";

// The steps at which something comes into the output.
const OF_OUTPUT = ["scan", "maxima", "output"];

export function createFollow(model, room, { map, output }) {
  let before = null;

  // Once for a kind of steps: whoever scrolls elsewhere meanwhile is left there.
  function paint() {
    const { kind } = scene(model);
    const other = before !== null && kind !== before;
    const turned = other && OF_OUTPUT.includes(kind) !== OF_OUTPUT.includes(before);
    before = kind;
    if (!turned && !(other && model.step === model.data.scenes.length - 1)) return;
    if (room.isWide() || model.gesture) return;
    (OF_OUTPUT.includes(kind) ? output : map).scrollIntoView({ block: "nearest", behavior: isStill() ? "auto" : "smooth" });
  }

  return { paint };
}

function isStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
