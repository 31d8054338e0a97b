// Beside the map: which colour stands for which value, and that some lie beyond its ends.

import { css, viridis } from "../common/colour.js";
import { html, setText } from "../common/dom.js";
import { isOn } from "../common/looks.js";
import { number } from "../common/text.js";

const STEPS = 12;

export function createLegend(model) {
  const [high, low] = [html("span", {}), html("span", {})];
  const bar = html("i", {});
  const root = html("div", { class: "legend", "aria-hidden": "true" }, high, bar, low);
  const scale = { low: 0, high: 1 };
  const colours = Array.from({ length: STEPS + 1 }, (_, k) => css(viridis(k / STEPS, scale)));
  bar.style.setProperty("--scale", colours.join());

  function paint() {
    const { range } = model;
    const flat = !(range.high > range.low);
    root.hidden = flat;
    // The largest value of the map may be what is asked for.
    const tells = !flat && !isOn("hide");
    setText(high, tells ? `${range.over ? "≥ " : ""}${number(range.high)}` : "");
    setText(low, tells ? `${range.under ? "≤ " : ""}${number(range.low)}` : "");
  }

  return { root, paint };
}
