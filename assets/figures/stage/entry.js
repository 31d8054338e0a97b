// The stage by itself: with the story, or the boxes, beside it.

import { px } from "../common/geometry.js";
import { withArithmetic } from "./explained.js";
import { mounted } from "../common/mount.js";
import { SHARE as OUTPUT_SHARE } from "./output.js";
import { withBoxes } from "./parts.js";
import { withPhoto } from "./photo.js";
import { besides } from "./room.js";
import { createStage } from "./stage.js";
import { createStory } from "./story.js";

// Where something else is what the page is about.
const COMPACT_MAP = 232;
const COMPACT_OUTPUT = 104;

const PAGES = {
  // The article is replayed.
  story: {
    fromStart: true,
    fillsScreen: true,
    heightOfMap: besides(22),
    parts: ({ model, player }) => withArithmetic(model, withPhoto(model, createStory(model, player))),
  },
  // Under a sentence of a lesson, which takes its part of the screen.
  lesson: {
    fromStart: true,
    fillsScreen: true,
    heightOfMap: besides(30),
    parts: ({ model, player }) => withArithmetic(model, createStory(model, player)),
  },
  boxes: { fillsScreen: true, heightOfMap: besides(23.875), parts: withBoxes },
  compact: {
    heightOfMap: () => Math.max(COMPACT_MAP, 0.29 * window.innerHeight),
    shareOfWidth: 0.45,
    // The output must not push down the table under it.
    widthOfOutput: () => px(COMPACT_OUTPUT) / OUTPUT_SHARE,
    parts: withBoxes,
  },
};

export default mounted(createOwn);

function createOwn(host, { panel }) {
  return createStage(host, { name: panel, ...PAGES[panel] });
}
