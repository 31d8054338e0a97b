// The stage in a notebook, with the boxes beside it.

import { asWidget } from "../common/afm.js";
import { px } from "../common/geometry.js";
import { withBoxes } from "./parts.js";
import { createStage } from "./stage.js";

// Of an output that the host makes as high as what is in it, no height can be asked for.
const HEIGHT_OF_MAP = 380;

export default asWidget(createInNotebook);

function createInNotebook(host, { panel }, address) {
  return createStage(host, { name: panel, fillsScreen: true, heightOfMap: () => px(HEIGHT_OF_MAP), parts: withBoxes, address });
}
