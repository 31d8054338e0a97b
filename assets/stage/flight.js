// The maxima fly from the map to their place in the output: where a number goes is the whole idea.

import { html } from "./dom.js";
import { number } from "./text.js";

const EASE = "cubic-bezier(0.22, 1, 0.36, 1)";
const MOST = 49;

export function fly(root, map, grid, model) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const bins = model.bins.filter((bin) => !bin.empty);
  if (still || bins.length > MOST) return;
  const origin = root.getBoundingClientRect();
  const place = map.getBoundingClientRect();
  const cell = place.width / model.data.cols;
  bins.forEach((bin, k) => {
    const target = grid.children[bin.i * model.data.outputSize[1] + bin.j];
    const end = target.getBoundingClientRect();
    const from = [place.left + (bin.col + 0.5) * cell, place.top + (bin.row + 0.5) * cell];
    const to = [end.left + end.width / 2, end.top + end.height / 2];
    const chip = html("span", { class: "chip", "aria-hidden": "true" }, number(bin.value));
    const at = ([x, y]) => `translate(${x - origin.left}px, ${y - origin.top}px) translate(-50%, -50%)`;
    root.append(chip);
    const delay = Math.min(k * 60, 400);
    const options = { duration: 300, delay, easing: EASE, fill: "backwards" };
    target.animate([{ opacity: 0 }, { opacity: 0, offset: 0.8 }, { opacity: 1 }], options);
    chip.animate([{ transform: at(from) }, { transform: at(to) }], options).onfinish = () => chip.remove();
  });
}
