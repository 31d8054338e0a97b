// The boxes beside the figure: see `parts` in stage.js.

import { createBoxTable } from "./boxtable.js";
import { withArithmetic } from "./explained.js";
import { createStack } from "./stack.js";

export function withBoxes({ model, actions }) {
  const table = createBoxTable(model, actions);
  const stack = createStack(model, actions);
  const paint = () => [table, stack].forEach((part) => part.paint());
  return withArithmetic(model, { ...table, paint }, stack.root);
}
