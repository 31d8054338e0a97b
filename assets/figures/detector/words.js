// The sentence under the diagram: the stage that the story has come to, in the numbers of this picture.

import { axisOf } from "./model.js";
import { scene } from "../common/model.js";
import { recallOf } from "./recall.js";
import { fill, number, tenths } from "../common/text.js";

export function sentenceOf(model) {
  const { data } = model;
  const { text } = data;
  const kind = model.said ?? scene(model).kind;
  const say = (key, values) => fill(text[`detector.said.${key}`], { ...common(model), ...values });
  if (kind === "image") return say(data.known ? "image.made" : "image.photo");
  if (kind === "features") return say("features", { ms: ms(data.seconds.backbone) });
  if (kind === "proposals") return proposals(model, say);
  if (kind === "pooling") return pooling(model, say);
  if (kind === "scores") return scores(model, say);
  return detections(data, say);
}

function common({ data, sections, view }) {
  const { channels, rows, cols, stride, proposals, objects } = data;
  const shape = { channels, rows, cols, stride, sections };
  return { ...sizesOf(data), ...shape, count: proposals.count, objects: objects.length, n: (view?.rank ?? 0) + 1 };
}

function sizesOf({ size }) {
  const [wide, high] = size.detected;
  const [searchedWide, searchedHigh] = size.searched;
  const [ownWide, ownHigh] = size.own;
  return { wide, high, searched_wide: searchedWide, searched_high: searchedHigh, own_wide: ownWide, own_high: ownHigh };
}

// The picture's own size, and that at which the network sees it.
export function sizeOf(data) {
  const sizes = sizesOf(data);
  return fill(data.text[sizes.own_wide === sizes.wide ? "detector.size" : "detector.size.scaled"], sizes);
}

function proposals({ data, first }, say) {
  const values = { ms: ms(data.seconds.search) };
  if (!data.proposals.count) return say("none", values);
  if (!data.known) return say("proposals.photo", values);
  const covered = Math.round(recallOf(data.objects, first) * data.objects.length);
  const recall = Math.round(100 * recallOf(data.objects, first));
  return say(first < data.proposals.count ? "proposals.first" : "proposals", { ...values, first, covered, recall });
}

function pooling(model, say) {
  const { data } = model;
  const values = { cells: cellsOf(model, model.proposal) };
  if (!data.pair.length) return say("pooling.one", values);
  const [most, least] = data.pair.map((n) => cellsOf(model, n));
  return say("pooling", { ...values, most, least });
}

function cellsOf(model, n) {
  const [rows, cols] = ["rows", "cols"].map((axis) => axisOf(model, axis, n).span);
  return `${cols[1] - cols[0]} × ${rows[1] - rows[0]}`;
}

function scores(model, say) {
  const { data, view, proposal } = model;
  if (!data.known) return say("scores.photo");
  const values = { cells: cellsOf(model, proposal), class: data.classes[view.best], score: number(view.scores[view.best]) };
  return say(view.best ? "scores" : "scores.background", values);
}

function detections({ seconds, objects, detections: found, leastShown }, say) {
  const right = found.filter(({ object }) => object >= 0).length;
  const all = Object.entries(seconds).filter(([stage]) => stage !== "search");
  return say("detections", {
    shown: found.length,
    least: leastShown,
    found: right,
    missed: objects.length - right,
    wrong: found.length - right,
    ms: ms(all.reduce((sum, [, part]) => sum + part, 0)),
    search: ms(seconds.search),
  });
}

// Seconds as people read them: 0.4 ms, 64 ms, 1.6 s.
export function ms(seconds) {
  if (seconds >= 1) return `${tenths(seconds)} s`;
  return seconds >= 0.01 ? `${Math.round(1000 * seconds)} ms` : `${tenths(1000 * seconds)} ms`;
}
