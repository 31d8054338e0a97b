// The story of a box where there is no Python: the twin of app/story/scenes.py, sentence by sentence.

import { number } from "../common/text.js";
import { plain } from "./sentences.js";

const KINDS = ["input", "proposal", "sections", "scan", "maxima", "output"];
// ms; a box of more cells is scanned row by row, and then section by section; longer lists are counted.
const HOLD = 1500;
const [STEP, SECTION_END] = [120, 700];
const [MOST_BY_CELL, MOST_BY_ROW] = [64, 400];
export const MOST_SPOKEN = 9;

const scene = (kind, caption, more = {}) => ({ kind, caption, hold: HOLD, stop: true, ...more });

// `shown`: what is on screen, with the `box` that is played and its `bins`; both null where there is none.
export function scenes(shown, say) {
  const { rows, cols, box, bins, outputSize: [high, wide] } = shown;
  const story = [scene("input", say("scene.input", { rows, cols }))];
  if (!box) return story;
  story.push(scene("proposal", proposalSentence(box, say)));
  story.push(scene("sections", sectionsSentence(shown, say)));
  story.push(...scan(shown, say));
  story.push(scene("maxima", maximaSentence(bins, say)));
  const none = bins.every(({ empty }) => empty);
  const value = number(shown.rule.empty);
  story.push(scene("output", none ? say("scene.output.empty", { high, wide, value }) : say("scene.output", { high, wide })));
  return story;
}

// The explanation that goes with each kind of scene.
export function story({ box, outputSize: [high, wide] }, say) {
  const length = (axis) => (box ? box[axis].span[1] - box[axis].span[0] : 0);
  const values = { high, wide, n_rows: length("rows"), n_cols: length("cols") };
  return KINDS.map((kind) => {
    const tried = [`story.${kind}.try`].filter(say.has).map((key) => say(key));
    return { kind, title: say(`story.${kind}.title`), body: say.join(say(`story.${kind}.body`, values), ...tried) };
  });
}

function proposalSentence({ numbers, rows: { span: [y0, y1] }, cols: { span: [x0, x1] } }, say) {
  const [x1n, y1n, x2n, y2n] = numbers.slice(1).map(plain);
  const box = say("scene.box", { x1: x1n, y1: y1n, x2: x2n, y2: y2n });
  if (y1 <= y0 || x1 <= x0) return say("scene.proposal.empty", { box });
  return say("scene.proposal", { box, rows: say.rows(y0, y1), cols: say.cols(x0, x1), high: y1 - y0, wide: x1 - x0 });
}

function sectionsSentence({ box, bins, outputSize: [high, wide] }, say) {
  const rows = parts(box.rows, say);
  const cols = parts(box.cols, say);
  const sentence = say("scene.sections", { high, wide, rows, cols });
  const count = bins.filter(({ empty }) => empty).length;
  if (count > 0) return say.join(sentence, say("scene.sections.empty", { count }));
  const shared = isShared(box.rows) || isShared(box.cols);
  return shared ? say.join(sentence, say("scene.sections.overlap")) : sentence;
}

function parts({ starts, stops }, say) {
  if (starts.length > MOST_SPOKEN) return say("scene.parts", { count: starts.length });
  return starts.map((start, k) => say.span(start, stops[k])).join(" | ");
}

// Whether neighbouring bins that hold cells share any.
function isShared({ starts, stops }) {
  const full = (k) => starts[k] < stops[k];
  return starts.some((start, k) => k > 0 && stops[k - 1] > start && full(k - 1) && full(k));
}

function maximaSentence(bins, say) {
  if (bins.length > MOST_SPOKEN) return say("scene.maxima.many", { count: bins.length });
  return say("scene.maxima", { values: say.list(bins.map(({ empty, value }) => (empty ? "∅" : number(value)))) });
}

function scan(shown, say) {
  const { box: { rows, cols }, bins } = shown;
  const count = (Math.max(...rows.stops) - Math.min(...rows.starts)) * (Math.max(...cols.stops) - Math.min(...cols.starts));
  return bins.flatMap((bin) => scanSection(shown, say, bin, count));
}

function scanSection(shown, say, bin, count) {
  const { i, j, top, bottom, left, right, value, row, col } = bin;
  const at = { i, j };
  const ends = (caption, more) => scene("scan", caption, { hold: SECTION_END, section: [i, j], ...more });
  if (bin.empty) return [ends(say("scene.scan.empty", { ...at, value: number(value) }))];
  const seen = [];
  let best = null;
  const looks = glances(bin, count);
  for (const lit of looks.slice(0, -1)) {
    let caption;
    [best, caption] = look(shown, say, lit, best, at);
    seen.push(scene("scan", caption, { hold: STEP, stop: false, section: [i, j], lit, best }));
  }
  const lit = looks.at(-1);
  // Nothing was larger than the value that the convention's scan starts from.
  if (row < 0) return [...seen, ends(say("scene.scan.nothing", { ...at, value: number(value) }), { lit })];
  const said = { ...at, rows: say.rows(top, bottom), cols: say.cols(left, right), value: number(value), row, col };
  return [...seen, ends(say("scene.scan.done", said), { lit, best: [row, col] })];
}

// What is looked at one after the other: cells, rows of cells, or all at once.
function glances({ top, bottom, left, right }, count) {
  if (count > MOST_BY_ROW) return [[top, bottom, left, right]];
  const looks = [];
  for (let row = top; row < bottom; row += 1) {
    if (count > MOST_BY_CELL) looks.push([row, row + 1, left, right]);
    else for (let col = left; col < right; col += 1) looks.push([row, row + 1, col, col + 1]);
  }
  return looks;
}

// The largest cell after a glance, and the sentence that says whether it changed.
function look({ cells, cols }, say, [row, , left, right], best, at) {
  const value = (r, c) => cells[r * cols + c];
  let col = left;
  for (let c = left; c < right; c += 1) if (value(row, c) > value(row, col)) col = c;
  const seen = { ...at, value: number(value(row, col)), row, col };
  if (best === null) return [[row, col], say("scene.scan.first", seen)];
  const before = value(...best);
  const key = value(row, col) > before ? "larger" : "keeps";
  return [key === "larger" ? [row, col] : best, say(`scene.scan.${key}`, { ...seen, before: number(before) })];
}
