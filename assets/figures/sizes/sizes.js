// A ruler, on which the cut along an axis can be read, over the stage that follows it.

import { rem } from "../common/geometry.js";
import { mounted } from "../common/mount.js";
import { createRuler } from "./ruler.js";
import { SHARE as OUTPUT_SHARE } from "../stage/output.js";
import { besides } from "../stage/room.js";
import { createStage } from "../stage/stage.js";

// Under the ruler, with the timeline beside it; on a low screen that shows the map with the timeline at
// once, however far the page has to be scrolled for them.
const onTall = besides(32.875);
const heightOfMap = () => Math.min(onTall(), Math.max(180, window.innerHeight - rem(11.25)));
// On a phone map, output and timeline stand on one screen.
const OUTPUT_ON_PHONE = 240;

export default mounted(createSizes);

function createSizes(host) {
  return createStage(host, {
    name: "ruler",
    grows: true,
    heightOfMap,
    presentedMap: 0.42,
    // The output is about as high as the map.
    widthOfOutput: (isWide) => (isWide ? heightOfMap() / OUTPUT_SHARE : OUTPUT_ON_PHONE),
    parts: withRuler,
  });
}

// Nothing is said beside the caption: the ruler has the arithmetic of the cut on it.
function withRuler({ model, actions }) {
  const { said, paint } = createRuler(model, actions);
  return { beside: [said], paint };
}
