// What is marked on the map: decided here, drawn by board.js.

import { AXES, isSameSpan } from "./cutting.js";
import { isJudged, isOpen, ownAnswer } from "./model.js";

// `box` the box; `boxes` all of them, where what is asked is of all; `ghost` beside it the learner's own, or where it lies before it is rounded; `sections` as
// bins and `shared` as their spans;
// `lit` the sections that are looked at. Cells as [row, column]: `own` those chosen, `right` and `wrong`
// what became of them, `maxima` of the sections. `cuts` are edges of the learner's that are none.
export function marksOf(model) {
  const judged = isJudged(model);
  const { verdict } = model.data;
  const cut = sectionsOf(model, judged);
  const sections = cut ? binsOf(cut) : [];
  return {
    ...boxesOf(model, judged),
    boxes: model.data.boxes ?? [],
    sections,
    shared: cut && { rows: ends(cut.rows), cols: ends(cut.cols) },
    lit: litOf(model, sections),
    ...cellsOf(model, judged),
    maxima: (judged && verdict.maxima) || [],
    cuts: judged && model.data.kind === "cut" ? missed(verdict.given, verdict.answer) : [],
  };
}

function sectionsOf(model, judged) {
  const { kind, verdict, sections } = model.data;
  if (kind === "cut") return judged ? verdict.answer : ownAnswer(model);
  return (judged && verdict.sections) || sections;
}

// Every section of rows × columns as a bin, a map's cells half open.
export function binsOf({ rows, cols }) {
  return rows.flatMap(([top, bottom], i) =>
    cols.map(([left, right], j) => ({ i, j, top, bottom, left, right, empty: bottom <= top || right <= left })),
  );
}

function ends(spans) {
  return { starts: spans.map(([start]) => start), stops: spans.map(([, stop]) => stop) };
}

// The section that is asked about, or whose field is typed in, or those whose bar is in the hand.
function litOf({ data, field, held }, sections) {
  if (held) return sections.filter(({ i, j, empty }) => (held.axis === "rows" ? i : j) === held.k && !empty);
  const section = data.kind === "pick" ? data.section : data.verdict === null ? field : null;
  if (!section) return [];
  return sections.filter(({ i, j, empty }) => i === section[0] && j === section[1] && !empty);
}

function boxesOf(model, judged) {
  const { kind, box, outline, verdict } = model.data;
  if (kind !== "box") return { box: (judged && verdict.box) || box, ghost: outline ?? null };
  const own = ownAnswer(model);
  if (!judged) return { box: own, ghost: null };
  const shown = verdict.box ?? own ?? verdict.answer;
  const other = own && !AXES.every((axis) => isSameSpan(own[axis], shown[axis]));
  return { box: shown, ghost: other ? own : null };
}

function cellsOf(model, judged) {
  const { kind, verdict } = model.data;
  if (kind !== "pick" && kind !== "back") return { own: [], right: [], wrong: [] };
  const own = placesOf(kind, ownAnswer(model));
  if (!judged) return { own, right: [], wrong: [] };
  // Of equal ones each is right, also another than the one that Python names.
  const right = verdict.right && own.length ? own : placesOf(kind, verdict.answer);
  return { own: [], right, wrong: own.filter((at) => !holds(right, at)) };
}

function placesOf(kind, answer) {
  if (!answer) return [];
  return kind === "pick" ? [answer] : answer.map(([row, col]) => [row, col]);
}

export function holds(places, [row, col]) {
  return places.some(([y, x]) => y === row && x === col);
}

// The edges that the learner has and the right cut has not, as { axis, at }, each once.
function missed(given, answer) {
  if (!given) return [];
  return AXES.flatMap((axis) => {
    const right = new Set(answer[axis].flat());
    const own = new Set(given[axis].flat());
    return [...own].filter((at) => !right.has(at)).map((at) => ({ axis, at }));
  });
}

export function canPick(model) {
  return isOpen(model) && (model.data.kind === "pick" || model.data.kind === "back");
}

// How many cells the box reaches past the map on each side, at most so many that it can be seen to.
export function bleedOf({ kind, rows, cols, box }, most = 2) {
  if (!box || kind === "box") return { top: 0, right: 0, bottom: 0, left: 0 };
  const past = (by) => Math.max(0, Math.min(most, by));
  return { top: past(-box.rows[0]), bottom: past(box.rows[1] - rows), left: past(-box.cols[0]), right: past(box.cols[1] - cols) };
}
