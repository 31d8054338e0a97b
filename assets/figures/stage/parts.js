// What stands round the figure on several pages: see `parts` in stage.js.

import { createBoxTable } from "./boxtable.js";
import { createArithmetic } from "./caption.js";
import { createStack } from "./stack.js";

export function withBoxes({ model, actions }) {
  const table = createBoxTable(model, actions);
  const stack = createStack(model, actions);
  const paint = () => [table, stack].forEach((part) => part.paint());
  return withArithmetic(model, { ...table, paint }, stack.root);
}

export function withArithmetic(model, { root, remove, pick, paint }, ...more) {
  const arithmetic = createArithmetic(model);
  return {
    beside: [root, ...more],
    said: [arithmetic.root],
    remove,
    pick,
    paint() {
      arithmetic.paint();
      paint();
    },
  };
}
