// What is said of an answer where there is no Python: the twin of app/lessons/diagnose.py and judged.py. What each
// mistake would have answered comes with the question; here it is only compared.

import { number } from "../common/text.js";
import { numberIn } from "../lessons/model.js";
import { cutOf } from "./boxed.js";
import { plain } from "./sentences.js";

const MOST_REMARKS = 4;
// Two decimals are shown.
const SHOWN = 0.005 + 1e-9;
const SHAPE = ["boxes", "channels", "rows", "cols"];
const CELLS = ["x1", "y1", "x2", "y2"];

// Of a `question` as app/takeaway/lessons.py tells it and what the figure `sent` of an answer; null where that was
// asked for instead. `say` fills in sentences by their keys, `after` is what is said at the end.
export function judge(question, sent, say, after) {
  const given = sent === null ? null : read(question, sent);
  const verdict = given === null ? { right: false, mistakes: [], distance: [] } : diagnose(question, given);
  return {
    right: verdict.right,
    revealed: given === null,
    sentences: [...sentences(verdict, say), ...(after ? [after] : [])],
    given: told(question, given),
    answer: question.answer,
    ...shown(question, given, verdict),
    off: given === null ? [] : off(question, given),
  };
}

// What is said of a first answer that was wrong: the twin of `tried` in app/lessons/judged.py.
export function firstTry(question, sent, say) {
  const { sentences, given, off } = judge(question, sent, say);
  return { sentences, given, off: question.open.kind === "value" ? off : [] };
}

// An answer with numbers where words were typed, as the right one has it.
function read({ open: { kind }, names }, sent) {
  if (kind === "value") return sent.map(numberIn);
  if (kind === "back") {
    const cells = sent.map(([row, col, typed]) => [row, col, numberIn(typed)]).filter(([, , amount]) => amount !== 0);
    return cells.sort(byPlace);
  }
  return kind === "which" ? names[letterAt(sent)] : sent;
}

const byPlace = ([y0, x0], [y1, x1]) => y0 - y1 || x0 - x1;
const letterAt = (letter) => letter.charCodeAt(0) - "a".charCodeAt(0);

// ---- which mistake ----

export function diagnose(question, given) {
  if (isRight(question, given)) return { right: true, mistakes: [], distance: [] };
  const mistakes = held(question, given);
  return { right: false, mistakes, distance: mistakes.length > 0 ? [] : distance(question, given) };
}

function isRight(question, given) {
  const { kind } = question.open;
  if (kind === "box") return (bitsOf(question, given) & 1) === 1;
  if (kind === "pick") return question.tied.some((cell) => isEqual(cell, given));
  return isSame(kind, given, question.right);
}

// The mistakes that would have answered just so; of a cut else those made along one axis.
function held(question, given) {
  const { mistakes, right, open: { kind } } = question;
  if (kind === "box") return mistakes.filter((_, k) => (bitsOf(question, given) >> (k + 1)) & 1).map(([key]) => key);
  const exact = mistakes.filter(([, answer]) => answer !== null && isSame(kind, given, answer));
  const alike = exact.length > 0 || kind !== "cut" ? exact : mistakes.filter(([, cut]) => cut && isAlongAnAxis(given, cut, right));
  return alike.map(([key]) => key);
}

function isAlongAnAxis(given, mistaken, right) {
  const [found, wrong, wanted] = [given, mistaken, right].map(cellsOf);
  return !isEqual(found, wanted) && found.every((spans, axis) => isEqual(spans, wrong[axis]) || isEqual(spans, wanted[axis]));
}

// What is known of a box of these cells, a bit for each: see _boxes in app/takeaway/lessons.py.
function bitsOf({ boxes, open: { rows, cols } }, given) {
  const at = spanAt(given.rows, rows) * ((cols * (cols + 1)) / 2) + spanAt(given.cols, cols);
  return boxes.charCodeAt(at) - "?".charCodeAt(0);
}

// The place of a span among all along a side, in the order of their starts.
function spanAt([start, stop], side) {
  return start * side - (start * (start - 1)) / 2 + stop - start - 1;
}

function isSame(kind, one, other) {
  if (kind === "cut") return isEqual(cellsOf(one), cellsOf(other));
  if (kind !== "value" && kind !== "back") return isEqual(one, other);
  const [first, second] = [one.flat(), other.flat()];
  return first.length === second.length && first.every((value, k) => agree(value, Number(second[k])));
}

// The cells of the sections; those of an empty one are none, wherever it is said to lie.
function cellsOf({ rows, cols }) {
  return [rows, cols].map((spans) => spans.map(([start, stop]) => (start < stop ? [start, stop] : null)));
}

export function agree(one, other) {
  return one === other || Math.abs(one - other) <= SHOWN;
}

function isEqual(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// ---- how far off ----

function distance(question, given) {
  const remarks = REMARKS[question.open.kind](question, given);
  const more = remarks.length - MOST_REMARKS;
  return more > 1 ? [...remarks.slice(0, MOST_REMARKS), ["more", { count: more }]] : remarks;
}

const REMARKS = {
  cut: ofCut,
  pick: ofPick,
  value: ofValues,
  box: ({ goal }) => [[`box.${goal}`, {}]],
  back: ofBack,
  which: () => [["which", {}]],
};

// Each edge that stands elsewhere, and by how many cells.
function ofCut({ right }, given) {
  const remarks = [];
  for (const [axis, section, edge, mine, wanted] of edgesOff(given, right)) {
    const by = Math.abs(mine - wanted);
    remarks.push([`cut.${axis}.${["start", "stop"][edge]}.${mine < wanted ? "early" : "late"}.${by === 1 ? "one" : "many"}`, { section, by }]);
  }
  return remarks;
}

function edgesOff(given, right) {
  return ["rows", "cols"].flatMap((axis) =>
    right[axis].flatMap((wanted, k) => {
      const mine = given[axis][k];
      // No cell is no cell, wherever its bar stands.
      if (mine[0] >= mine[1] && wanted[0] >= wanted[1]) return [];
      return [0, 1].filter((edge) => mine[edge] !== wanted[edge]).map((edge) => [axis, k, edge, mine[edge], wanted[edge]]);
    }),
  );
}

function ofPick({ taken: [[top, bottom], [left, right]], open: { cells, cols } }, [row, col]) {
  if (row < top || row >= bottom || col < left || col >= right) return [["pick.outside", { row, col }]];
  let count = 0;
  for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) count += Number(cells[y * cols + x] > cells[row * cols + col]);
  return [[`pick.smaller.${count === 1 ? "one" : "many"}`, { row, col, count }]];
}

function ofValues({ right, open: { asks, outputSize: [, wide] } }, given) {
  return fieldsOff(given, right).map((k) => {
    const value = plain(given[k]);
    if (asks === "output" || asks === "align") return ["value.output", { i: Math.floor(k / wide), j: k % wide, given: value }];
    return [`value.${asks}.${(asks === "shape" ? SHAPE : CELLS)[k]}`, { given: value }];
  });
}

function fieldsOff(given, right) {
  return right.flatMap((wanted, k) => (agree(given[k], Number(wanted)) ? [] : [k]));
}

function ofBack({ right }, given) {
  const [mine, wanted] = [given, right].map(byCell);
  return cellsOff(given, right).map(([row, col]) => {
    const key = `${row},${col}`;
    if (!wanted.has(key)) return ["back.nothing", { row, col }];
    if (!mine.has(key)) return ["back.missed", { row, col }];
    return ["back.amount", { row, col, given: plain(mine.get(key)) }];
  });
}

// The cells that receive something else, in row-major order.
function cellsOff(given, right) {
  const [mine, wanted] = [given, right].map(byCell);
  const cells = [...given, ...right.filter(([row, col]) => !mine.has(`${row},${col}`))];
  return cells
    .sort(byPlace)
    .map(([row, col]) => [row, col])
    .filter(([row, col]) => {
      const key = `${row},${col}`;
      return !mine.has(key) || !wanted.has(key) || !agree(mine.get(key), wanted.get(key));
    });
}

function byCell(received) {
  return new Map(received.map(([row, col, amount]) => [`${row},${col}`, amount]));
}

// ---- what is shown and said ----

function off({ right, open: { kind } }, given) {
  if (kind === "cut") return edgesOff(given, right).map(([axis, k, edge]) => [axis, k, edge]);
  if (kind === "value") return fieldsOff(given, right);
  return kind === "back" ? cellsOff(given, right) : [];
}

// What is drawn with the verdict: the sections of the box, or of the learner's where it was to be placed.
function shown(question, given, { right }) {
  if (question.open.kind !== "box" || given === null || (question.fixed && !right)) return question.shown;
  return cutOf(question.exercise, given);
}

function told({ names, open: { kind, asks } }, given) {
  if (given === null) return null;
  if (kind === "value" && (asks === "output" || asks === "align")) return given.map(number);
  if (kind === "value") return given.map(toFour);
  if (kind === "back") return given.map(([row, col, amount]) => [row, col, toFour(amount)]);
  return kind === "which" ? String.fromCharCode("a".charCodeAt(0) + names.indexOf(given)) : given;
}

function toFour(value) {
  return plain(Number(value.toFixed(4)));
}

function sentences({ mistakes, distance: remarks }, say) {
  const of = (part) => mistakes.map((key) => say(`lessons.mistake.${key}.${part}`));
  const named = of("named");
  const mistaken = named.length > 1 ? [say("lessons.either"), ...named] : named;
  return [...mistaken, ...of("mended"), ...remarks.map(([key, values]) => say(`lessons.off.${key}`, values))];
}
