// What was typed for a box and is no number yet.

import { parse } from "../common/text.js";

// Once Python has answered, what was typed stands only where it could not be used.
export function settleDrafts(model) {
  const rows = model.boxes.length;
  for (const [key, draft] of model.drafts) {
    const [i, column] = key.split(",").map(Number);
    const refused = model.data.problems.some((one) => one.box === i && one.column === column);
    if (i >= rows || (parse(draft) !== null && !refused)) model.drafts.delete(key);
  }
}
