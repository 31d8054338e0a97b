// Numbers fly from the map to their place in the output, and gradients the way back: where a number
// goes is the whole idea.

import { html } from "../common/dom.js";
import { number } from "../common/text.js";

const EASE = "cubic-bezier(0.22, 1, 0.36, 1)";
const MOST = 49;

export function fly(root, map, grid, model, found) {
  const bins = found.filter((bin) => !bin.empty);
  if (isStill() || bins.length > MOST) return;
  const [place, cell] = placeOf(map, model);
  bins.forEach((bin, k) => {
    const target = grid.children[bin.i * model.data.outputSize[1] + bin.j];
    const delay = Math.min(k * 60, 400);
    const options = { duration: 300, delay, easing: EASE, fill: "backwards" };
    launch(root, number(bin.value), middleOf(place, cell, bin.row, bin.col), centreOf(target), options);
    target.animate([{ opacity: 0 }, { opacity: 0, offset: 0.8 }, { opacity: 1 }], options);
  });
}

// One gradient, from its cell of the output to [row, col] of the map.
export function flyBack(root, map, source, [row, col], value, model) {
  if (isStill()) return;
  const [place, cell] = placeOf(map, model);
  const chip = launch(root, number(value), centreOf(source), middleOf(place, cell, row, col), { duration: 300, easing: EASE });
  chip.style.borderColor = getComputedStyle(source).getPropertyValue("--section");
}

function launch(root, text, from, to, options) {
  const origin = root.getBoundingClientRect();
  const chip = html("span", { class: "chip", "aria-hidden": "true" }, text);
  const at = ([x, y]) => `translate(${x - origin.left}px, ${y - origin.top}px) translate(-50%, -50%)`;
  root.append(chip);
  chip.animate([{ transform: at(from) }, { transform: at(to) }], options).onfinish = () => chip.remove();
  return chip;
}

function isStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function placeOf(map, model) {
  const place = map.getBoundingClientRect();
  return [place, place.width / model.data.cols];
}

function middleOf(place, cell, row, col) {
  return [place.left + (col + 0.5) * cell, place.top + (row + 0.5) * cell];
}

function centreOf(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}
