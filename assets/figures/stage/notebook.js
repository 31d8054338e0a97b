// The stage in a notebook, with the boxes beside it.

import { asWidget } from "../common/afm.js";
import { SHARE as OUTPUT_SHARE } from "./output.js";
import { withBoxes } from "./parts.js";
import { createStage } from "./stage.js";

// In px. The host makes its output as high as what is in it, and no part of it can be asked for.
const HEIGHT_OF_MAP = 384;
const OUTPUT = 168;

export default asWidget(createInNotebook);

function createInNotebook(host, { panel }, address) {
  return createStage(host, {
    name: panel,
    heightOfMap: () => HEIGHT_OF_MAP,
    shareOfWidth: 0.54,
    widthOfOutput: () => OUTPUT / OUTPUT_SHARE,
    parts: withBoxes,
    address,
  });
}
