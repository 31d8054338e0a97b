// A slim curve under a view: the box at every pixel of its row, and where on it the box is now.
// It is as wide as the map above, so that the mark stands under the box's left edge.

import { html, svg } from "./dom.js";
import { set } from "./outlines.js";

const HEIGHT = 52;
// Room above and below the lines, so that a flat one is to be seen.
const MARGIN = 5;

// `series` are names in the curve; the first lies on top.
export function createStrip(name, series) {
  const lines = series.map((one) => svg("path", { class: `curve ${one}` }));
  const dots = series.map((one) => svg("circle", { class: `curve-dot ${one}`, r: 4 }));
  const ground = svg("path", { class: "strip-ground" });
  const mark = svg("path", { class: "strip-mark" });
  const limits = [svg("text", { class: "strip-limit", x: -6 }), svg("text", { class: "strip-limit", x: -6 })];
  const root = svg("svg", { class: "strip", height: HEIGHT, role: "img", "data-testid": name }, ground, mark, ...[...lines].reverse(), ...dots, ...limits);

  // `said` names the curves for who does not see them.
  function paint({ data, view }, curve, cell, [low, high], told, said) {
    set(root, "aria-label", said);
    const scale = cell / data.stride;
    const wide = data.cols * cell;
    const y = (value) => HEIGHT - MARGIN - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * MARGIN);
    set(root, "width", wide);
    set(ground, "d", `M0 ${y(low)}H${wide}`);
    const [x1] = view.numbers;
    set(mark, "d", `M${x1 * scale} 0V${HEIGHT}`);
    series.forEach((one, k) => {
      const values = curve[one] ?? [];
      const points = values.flatMap((value, x) => {
        // A bin without a cell may be minus infinity, which no curve shows.
        return Number.isFinite(value) ? [`${(x * scale).toFixed(1)} ${y(value).toFixed(1)}`] : [];
      });
      set(lines[k], "d", points.length > 1 ? `M${points.join("L")}` : "");
      const here = view[one];
      dots[k].style.display = Number.isFinite(here) ? "" : "none";
      if (!Number.isFinite(here)) {
        dots[k].removeAttribute("data-value");
        return;
      }
      set(dots[k], "cx", x1 * scale);
      set(dots[k], "cy", y(here));
      set(dots[k], "data-value", here);
    });
    [low, high].forEach((value, k) => {
      set(limits[k], "y", y(value));
      const text = told(value);
      if (limits[k].textContent !== text) limits[k].textContent = text;
    });
  }

  return { root, paint };
}

// Marks of the lines, for the sentence that names them.
export function key(name) {
  return html("span", { class: `key ${name}`, "aria-hidden": "true" });
}
