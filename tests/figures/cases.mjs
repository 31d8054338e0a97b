// What the library and the app make of many cases, as tests/figures/cases tells it: by room.

import { readFileSync } from "node:fs";

const path = process.env.FIGURE_CASES;
if (!path) throw new Error("FIGURE_CASES names no file; `python -m tests.figures.cases FILE` writes one");

export const cases = JSON.parse(readFileSync(path, "utf-8"));
