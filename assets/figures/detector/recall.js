// How many proposals are drawn, and how the share of the objects that they cover rises with them.

import { html, setText, svg } from "../common/dom.js";
import { set } from "../common/outlines.js";
import { reached } from "./model.js";
import { fill } from "../common/text.js";

const HIGH = 22;

export function createRecall(model, { draw }) {
  const label = html("span", { class: "label" });
  const line = svg("path", { class: "curve" });
  const rest = svg("path", { class: "curve rest" });
  const dot = svg("circle", { class: "curve-dot", r: 4 });
  const curve = svg("svg", { class: "recall-curve", "aria-hidden": "true", height: HIGH + 8 }, rest, line, dot);
  const slider = html("input", { type: "range", min: 1, step: 1, class: "scrub", "data-testid": "first" });
  const value = html("output", { class: "total" });
  const root = html("label", { class: "recall" }, label, html("span", { class: "recall-track" }, curve, slider), value);

  slider.addEventListener("input", () => draw(Number(slider.value)));

  function paint(width) {
    const { data, first } = model;
    const { count } = data.proposals;
    root.hidden = count < 2;
    if (root.hidden) return;
    const { text, objects } = data;
    curve.style.display = data.known ? "" : "none";
    setText(label, text["detector.first"]);
    slider.max = count;
    slider.value = `${first}`;
    slider.style.setProperty("--done", `${(100 * (first - 1)) / (count - 1)}%`);
    const recall = Math.round(100 * recallOf(objects, first));
    const said = fill(text[data.known ? "detector.recall" : "detector.drawn"], { first, count, recall });
    // How many of the objects they cover is no word's until there are any.
    const told = reached(model, "proposals") ? said : "";
    setText(value, told);
    slider.setAttribute("aria-valuetext", told);
    if (!data.known) return;
    // The thumb's middle is at the ends half its own width inside.
    const x = (n) => 8 + ((n - 1) / (count - 1)) * (width - 16);
    const y = (n) => 4 + HIGH * (1 - recallOf(objects, n));
    const steps = [1, ...objects.map(({ covered }) => covered).filter(Boolean), count].sort((a, b) => a - b);
    set(curve, "width", width);
    set(rest, "d", path(steps, x, y));
    set(line, "d", path([...steps.filter((n) => n <= first), first], x, y));
    set(dot, "cx", x(first));
    set(dot, "cy", y(first));
  }

  return { root, paint };
}

function path(steps, x, y) {
  return steps.map((n, k) => (k ? `H${x(n)}V${y(n)}` : `M${x(n)} ${y(n)}`)).join("");
}

export function recallOf(objects, first) {
  return objects.filter(({ covered }) => covered && covered <= first).length / Math.max(1, objects.length);
}
