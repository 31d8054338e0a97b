// What stands beside the caption wherever a box is cut: see `parts` in stage.js.

import { createArithmetic } from "./caption.js";

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
