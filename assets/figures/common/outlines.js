// How bins lie on a map, for every figure that shows them: outlines in the sections' colours, shared
// cells hatched, empty bins dashed, maxima ringed.

import { sectionColour, SECTION_COLOURS } from "./colour.js";
import { svg } from "./dom.js";
import { inset, line, overlaps, ring } from "./paths.js";

// `under` holds what lies below the numbers of the cells, `over` what lies above them.
export function createBins() {
  const hatch = svg(
    "pattern",
    { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 2.5, height: 6, class: "hatch-line" }),
  );
  const shared = svg("path", { class: "shared", fill: "url(#hatch)" });
  const casing = svg("path", { class: "casing" });
  const sections = SECTION_COLOURS.map((stroke) => svg("path", { class: "section", stroke }));
  const empties = svg("path", { class: "empty-bin" });

  function paint(all, cell) {
    const drawn = all.filter((bin) => !bin.empty);
    const pad = Math.min(3, cell * 0.16);
    const paths = new Map(SECTION_COLOURS.map((colour) => [colour, ""]));
    let around = "";
    for (const bin of drawn) {
      const d = inset(bin.top, bin.bottom, bin.left, bin.right, cell, pad);
      const colour = sectionColour(bin.i, bin.j);
      paths.set(colour, paths.get(colour) + d);
      around += d;
    }
    set(casing, "d", around);
    sections.forEach((path, k) => set(path, "d", paths.get(SECTION_COLOURS[k])));
    const none = all.filter((bin) => bin.empty && bin.bottom - bin.top + bin.right - bin.left > 0);
    set(empties, "d", none.map((bin) => line(bin, cell)).join(""));
  }

  function paintShared(box, cell) {
    set(shared, "d", box ? overlaps(box, cell) : "");
  }

  return { under: [svg("defs", {}, hatch), shared], over: [casing, ...sections, empties], paint, paintShared };
}

// Red round the cells [row, column], with a casing so that colour is never alone; as a "tie" dashed.
export function createRings(kind = "") {
  const over = ["ring-casing", "ring"].map((name) => svg("path", { class: `${name} ${kind}` }));

  function paint(places, cell) {
    const found = [...new Set(places.map(([row, col]) => ring(row, col, cell)))].join("");
    for (const path of over) set(path, "d", found);
  }

  return { over, paint };
}

// As large as the map, with lines as wide as its cells can bear.
export function sizeLayer(layer, rows, cols, cell) {
  set(layer, "width", cols * cell);
  set(layer, "height", rows * cell);
  layer.style.setProperty("--stroke", `${Math.max(1, Math.min(2.75, cell * 0.13))}px`);
}

export function set(element, name, value) {
  const text = `${value}`;
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}
