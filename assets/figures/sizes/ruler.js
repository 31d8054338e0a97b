// One axis of the box as a ruler: where i·n/P falls, above, and the edges that are made of it, below.
//
// Every number comes from Python's tables: boundaries as texts, edges as integers.

import { activeSection } from "../stage/caption.js";
import { html, setText, svg } from "../common/dom.js";
import { paintCut } from "./cut.js";
import { rounded, snapOfStart, snapOfStop } from "../common/formula.js";
import { isOn } from "../common/looks.js";
import { selectedBox, shown } from "../common/model.js";
import { isSplit, readCut, spanOf } from "./reading.js";
import { createTape } from "./tape.js";
import { fill } from "../common/text.js";

const AXES = ["rows", "cols"];

export function createRuler(model, actions) {
  let axis = AXES[0];
  let painted = "";
  // The sentence that was painted: another cut is looked at from its beginning.
  let ruled = "";
  const buttons = AXES.map((name) => html("button", { type: "button", "data-testid": `ruler-${name}` }));
  const choice = html("div", { class: "ruler-axes", role: "group" }, ...buttons);
  const rule = html("p", { class: "ruler-rule" });
  const legend = html("p", { class: "ruler-legend", "aria-hidden": "true" });
  const tape = createTape(model, () => axis, actions);
  const picture = svg("svg", { class: "cut", role: "img" });
  const scroll = html("div", { class: "ruler-scroll" }, picture);
  const head = html("div", { class: "ruler-head" }, choice, rule, legend);
  const root = html("section", { class: "ruler", "data-testid": "ruler" }, head, tape.root, scroll);
  const said = html("div", { class: "differences", "data-testid": "differences" });

  buttons.forEach((button, k) =>
    button.addEventListener("click", () => {
      axis = AXES[k];
      actions.render();
    }),
  );

  function paint(stage) {
    const { data } = model;
    const box = selectedBox(model);
    // It is what the page is about: it comes first, for the eye and for the keyboard.
    if (stage.firstChild !== root) stage.prepend(root);
    const active = activeSection(model, shown(model))?.[AXES.indexOf(axis)];
    // Where the answer is hidden the cut is seen, and not computed.
    const hidden = isOn("hide");
    root.hidden = !box;
    said.hidden = !box || hidden;
    const width = root.clientWidth;
    const key = JSON.stringify([box, hidden, data.outputSize, data.rule, data.ruler, data.language, axis, active, width]);
    if (key === painted) return;
    painted = key;
    root.dataset.axis = axis;
    if (!box) return;
    const cut = { ...readCut(data, box, axis), ...(hidden && { boundaries: null }) };
    root.dataset.n = cut.n;
    paintHead(data, cut);
    tape.paint(width, cut.n);
    paintCut(picture, width, { ...cut, active }, data);
    if (hidden) said.replaceChildren();
    else paintSaid(data, box);
  }

  function paintHead({ text, ruler }, cut) {
    choice.setAttribute("aria-label", text["ruler.axis"]);
    buttons.forEach((button, k) => {
      setText(button, text[`ruler.${AXES[k]}`]);
      button.setAttribute("aria-pressed", `${AXES[k] === axis}`);
    });
    const { stop, n, count } = cut;
    const [from, to] = [snapOfStart(stop), snapOfStop(stop)];
    const ends = { from: rounded(cut, "i", from), to: rounded(cut, "(i+1)", to) };
    const sentence = fill(text["ruler.rule"], { n, p: count, ...ends });
    const terms = [...new Set(cut.form === "step" ? ["floor"] : [from, to])].map((snap) => text[`ruler.terms.${snap}`]);
    if (cut.form === "float") terms.unshift(fill(text["ruler.terms.float"], ruler));
    if (cut.rest) terms.push(text["ruler.terms.rest"]);
    if (stop === "floor_or_one") terms.push(text["ruler.terms.floor_or_one"]);
    terms.push(fill(text[`ruler.origin.${axis}`], { start: cut.start }));
    rule.replaceChildren(html("b", {}, sentence), ` · ${terms.join(" · ")}`);
    if (sentence !== ruled) scroll.scrollLeft = 0;
    ruled = sentence;
    picture.setAttribute("aria-label", `${sentence}. ${terms.join(". ")}.`);
    const past = cut.edges[1].some((edge) => edge > cut.n) ? " read" : "";
    legend.replaceChildren(...keysOf(cut).map((key) => html("span", { class: `key ${key}${past}` }, text[`ruler.${key}`])));
  }

  function paintSaid({ ruler }, box) {
    const lines = AXES.map((name) => {
      const [start, stop] = spanOf(box, name, ruler.most);
      return html("p", { class: name === axis ? "now" : "" }, ruler[name].differences[stop - start - 1]);
    });
    said.replaceChildren(...lines);
  }

  return { root, said, paint };
}

// What the picture has need of: two kinds of arrows are told apart where a boundary has both.
function keysOf({ edges, n, boundaries }) {
  const [starts, stops] = edges;
  const split = boundaries && isSplit(edges);
  const shared = starts.some((edge, i) => i > 0 && edge < stops[i - 1]);
  const past = stops.some((edge) => edge > n);
  return [...(split ? ["starts", "stops"] : []), ...(shared ? ["shared"] : []), ...(past ? ["past"] : [])];
}
