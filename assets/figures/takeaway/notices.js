// What should be said of the boxes where there is no Python: the twin of app/story/notices.py.

import { number } from "../common/text.js";
import { plain } from "./sentences.js";

// `shown`: what is on screen, with all `boxes`, and which of them is `selected`.
export function notices(shown, say) {
  return shown.boxes.flatMap((box, n) => ofBox(shown, say, box, n).map((text) => ({ box: n, text })));
}

function ofBox(shown, say, box, n) {
  const { rule } = shown;
  const { span: [top, bottom] } = box.rows;
  const { span: [left, right] } = box.cols;
  const [, x1, y1, x2, y2] = box.numbers;
  const backwards = [["x", x1, x2], ["y", y1, y2]]
    .filter(([, a, b]) => b < a || (b === a && !rule.inclusive))
    .map(([axis, a, b]) => say("notice.backwards", { first: `${axis}1`, last: `${axis}2`, a: plain(a), b: plain(b) }));
  const total = box.rows.starts.length * box.cols.starts.length;
  const empty = total - full(box.rows) * full(box.cols);
  const value = number(rule.empty);
  if (backwards.length > 0) {
    const fate = empty === total ? say("notice.backwards.empty", { value }) : say("notice.backwards.cell", { convention: rule.name });
    return [say.join(...backwards, fate)];
  }
  const said = [];
  const outside = top < 0 || left < 0 || bottom > shown.rows || right > shown.cols;
  if (outside) said.push(say("notice.outside", { rows: shown.rows, cols: shown.cols }));
  const counts = { count: empty, total, value };
  if (empty > 0 && outside) said.push(say("notice.empty_bins.outside", counts));
  else if (empty > 0) said.push(say("notice.empty_bins", { ...counts, high: bottom - top, wide: right - left }));
  if (n !== shown.selected) return said;
  if (rule.inclusive) said.push(say("notice.inclusive", { convention: rule.name }));
  const past = Math.max(...box.rows.stops) > bottom || Math.max(...box.cols.stops) > right;
  return past ? [...said, say("notice.overshoot", { arithmetic: rule.arithmetic })] : said;
}

function full({ starts, stops }) {
  return starts.filter((start, k) => start < stops[k]).length;
}
