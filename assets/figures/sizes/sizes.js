// The stage over a ruler, on which the cut along an axis can be read.

import { mounted } from "../common/mount.js";
import { createRuler } from "./ruler.js";
import { besides, createStage } from "../stage/stage.js";

const heightOfMap = besides(428);

export default mounted(createSizes);

function createSizes(host) {
  return createStage(host, {
    name: "ruler",
    grows: true,
    heightOfMap,
    // The output must not push the ruler down.
    widthOfOutput: (isWide) => (isWide ? heightOfMap() - 40 : Infinity),
    parts: withRuler,
  });
}

// Nothing is said beside the caption: the ruler has the arithmetic of the cut on it.
function withRuler({ model, actions }) {
  const { root, said, paint } = createRuler(model, actions);
  return { below: [root], beside: [said], paint };
}
