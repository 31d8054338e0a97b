// A question as Python asks it, of a map of 8×8 with the article's box, and a model that has taken it.

import { adopt, createModel } from "../../../assets/figures/lessons/model.js";

export const CUT = { rows: [[3, 5], [5, 8]], cols: [[0, 3], [3, 7]] };

export function question(kind, more = {}) {
  return {
    id: "1",
    kind,
    rows: 8,
    cols: 8,
    cells: Array.from({ length: 64 }, (_, k) => k / 64),
    outputSize: [2, 2],
    box: { rows: [3, 8], cols: [0, 7] },
    sections: null,
    section: null,
    fields: null,
    start: null,
    verdict: null,
    ...more,
  };
}

export function asked(kind, more) {
  const model = createModel();
  adopt(model, question(kind, more));
  return model;
}

export function verdict(given, answer, more = {}) {
  return { right: false, sentences: [], given, answer, sections: null, box: null, ...more };
}
