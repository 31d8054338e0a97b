// Where the parts of the figure stand one under the other: what the step is about is brought into sight.

import { scene } from "../common/model.js";
import { bring, goesBelow } from "../common/sight.js";

// The steps at which something comes into the output.
const OF_OUTPUT = ["scan", "maxima", "output"];

// `watched` is the part that all steps are about, on a page that has one.
export function createFollow(model, room, { map, output, watched }) {
  let before = null;
  let held = false;
  let plays = false;

  // Once for a kind of steps, once a drag, and when play is pressed: whoever scrolls elsewhere meanwhile is left there.
  function paint() {
    const { kind } = scene(model);
    const about = watched ?? (OF_OUTPUT.includes(kind) ? output : map);
    const dragged = held && !model.gesture;
    held = model.gesture?.kind === "box" && model.gesture.dRow !== undefined;
    const started = model.playing && !plays;
    plays = model.playing;
    const comes = started || isTurned(kind) || (dragged && about !== map);
    before = kind;
    if (!comes || model.gesture) return;
    const what = room.isWide() && !watched ? map : about;
    // Side by side both are in sight, but on a low screen, where they stand under *play*.
    if (room.isWide() && !(started && goesBelow(what))) return;
    bring(what);
  }

  // From map to output, or back, or to the end of the story; where all is about one part, to any other kind.
  function isTurned(kind) {
    if (before === null || before === kind) return false;
    return Boolean(watched) || OF_OUTPUT.includes(kind) !== OF_OUTPUT.includes(before) || kind === OF_OUTPUT.at(-1);
  }

  return { paint };
}
