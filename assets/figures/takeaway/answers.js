// What Python would answer, where there is none: the exercise in the reader's hands, with undo and redo, and
// what a stage is sent of it. The twin of `Desk` and of `payload` in app/.

import { pool } from "../common/bins.js";
import { createCutting } from "./cutting.js";
import { notices } from "./notices.js";
import { MOST_SPOKEN, scenes, story } from "./scenes.js";
import { createText } from "./sentences.js";

const MOST_PAST = 50;

// Of a `file`, see app/takeaway/contents.py.
export function createAnswers(file) {
  const cutting = createCutting(file);
  const start = { cells: file.stage.cells, boxes: file.boxes, outputSize: file.stage.outputSize, convention: 0, selected: file.selected };
  let now = start;
  let [past, future] = [[], []];
  let [ack, epoch] = [0, 0];
  let problems = [];
  const says = Object.fromEntries(Object.entries(file.words).map(([language, { say }]) => [language, createText(language, say)]));

  function put(next) {
    problems = [];
    const same = ["cells", "boxes", "outputSize", "convention"].every((name) => isSame(now[name], next[name]));
    if (!same) {
      past = [...past, now].slice(-MOST_PAST);
      future = [];
    }
    now = next;
  }

  // What a stage has sent: its changes, each of them once.
  function take({ changes }) {
    for (const change of changes.filter(({ seq }) => seq > ack)) {
      if (change.undo) undo();
      else if (change.redo) redo();
      else put(edited(change));
      ack = change.seq;
    }
  }

  function edited({ boxes, cells, selected }) {
    const painted = cells.length > 0 ? [...now.cells] : now.cells;
    for (const [row, col, value] of cells) painted[row * file.stage.cols + col] = value;
    const chosen = selected < boxes.length ? selected : now.selected;
    return { ...now, cells: painted, boxes: boxes.filter(isKnown), selected: Math.max(0, Math.min(chosen, boxes.length - 1)) };
  }

  // Nobody can come to others: what is dragged lies on cells.
  function isKnown(numbers) {
    return cutting.cut(now.convention, numbers, now.outputSize) !== null;
  }

  function undo() {
    if (past.length === 0) return;
    future = [...future, now];
    now = past.at(-1);
    past = past.slice(0, -1);
  }

  function redo() {
    if (future.length === 0) return;
    const [next, rest] = [future.at(-1), future.slice(0, -1)];
    put(next);
    future = rest;
  }

  function reset() {
    put(start);
    epoch += 1;
  }

  function shown() {
    const { cells, outputSize, convention, selected } = now;
    const boxes = now.boxes.map((numbers) => cutting.cut(convention, numbers, outputSize));
    const { rows, cols } = file.stage;
    const { said, rule: { emptyValue } } = file.conventions[convention];
    const rule = { ...said, empty: Number(emptyValue) };
    const box = boxes[selected] ?? null;
    return { rows, cols, cells, outputSize, boxes, selected, box, rule, bins: box && maxima(box, cells) };
  }

  function maxima(box, cells) {
    const { rule } = file.conventions[now.convention];
    const lowest = rule.lowest === null ? null : Number(rule.lowest);
    return pool({ ...file.stage, rule }, cells, box).map((bin) =>
      // The search starts from a value of its own, which nothing was larger than.
      bin.empty || lowest === null || bin.value > lowest ? bin : { ...bin, value: lowest, row: -1, col: -1 },
    );
  }

  // What the stage is sent.
  function answer(language) {
    const view = shown();
    const say = says[language];
    const { convention, outputSize: [high, wide] } = now;
    const tables = (make) => ({ rows: make("rows"), cols: make("cols") });
    return {
      ...file.stage,
      ack,
      epoch,
      language,
      cells: view.cells,
      outputSize: view.outputSize,
      boxes: view.boxes,
      selected: view.selected,
      output: view.bins ? view.bins.map(({ value }) => value) : [],
      rule: file.conventions[convention].rule,
      coordinates: tables((axis) => cutting.coordinates(convention, axis)),
      edges: tables((axis) => cutting.edges(convention, axis, axis === "rows" ? high : wide)),
      mostSpoken: MOST_SPOKEN,
      scenes: scenes(view, say),
      notices: notices(view, say),
      problems,
      text: file.words[language].stage,
      story: story(view, say),
    };
  }

  return {
    take,
    answer,
    undo,
    redo,
    reset,
    put: (change) => put({ ...now, ...change }),
    now: () => ({ ...now, undo: past.length > 0, redo: future.length > 0, changed: !["cells", "boxes", "outputSize", "convention"].every((name) => isSame(now[name], start[name])) }),
  };
}

function isSame(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
