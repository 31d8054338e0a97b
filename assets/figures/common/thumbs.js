// All channels at once, small, to choose one from.

import { viridis } from "./colour.js";
import { html } from "./dom.js";

const GAP = 2;

export function createThumbs(name, { pick }) {
  const canvas = html("canvas", { "aria-hidden": "true", "data-testid": name });
  const mark = html("span", { class: "mark" });
  const root = html("div", { class: "thumbs" }, canvas, mark);
  let painted = "";
  let shown = null;

  canvas.addEventListener("click", (event) => {
    const place = canvas.getBoundingClientRect();
    const col = Math.floor(((event.clientX - place.left) / place.width) * shown.across);
    const row = Math.floor(((event.clientY - place.top) / place.height) * shown.down);
    pick(Math.min(shown.count - 1, row * shown.across + col));
  });

  // `values` holds a plane of rows × cols for each of the `ranges`; `key` says which they are.
  function paint({ values, ranges, rows, cols, across, width, chosen, key }) {
    const count = ranges.length;
    const down = Math.ceil(count / across);
    const side = Math.floor((width + GAP) / across) - GAP;
    const scale = side / Math.max(rows, cols);
    const [wide, high] = [Math.round(cols * scale), Math.round(rows * scale)];
    shown = { count, across, down };
    Object.assign(root.style, { width: `${across * (wide + GAP) - GAP}px`, height: `${down * (high + GAP) - GAP}px` });
    mark.style.setProperty("--x", `${(chosen % across) * (wide + GAP)}px`);
    mark.style.setProperty("--y", `${Math.floor(chosen / across) * (high + GAP)}px`);
    Object.assign(mark.style, { width: `${wide}px`, height: `${high}px` });
    const now = `${key},${side},${window.devicePixelRatio}`;
    if (now === painted) return;
    painted = now;
    draw(canvas, values(), ranges, { rows, cols, across, down, wide, high });
  }

  return { root, paint };
}

// Each channel in colours of its own, as on the map and in the pooled one.
function draw(canvas, values, ranges, { rows, cols, across, down, wide, high }) {
  const ratio = window.devicePixelRatio || 1;
  const [stepX, stepY] = [(wide + GAP) * ratio, (high + GAP) * ratio];
  canvas.width = Math.round(across * stepX - GAP * ratio);
  canvas.height = Math.round(down * stepY - GAP * ratio);
  Object.assign(canvas.style, { width: "100%", height: "100%" });
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = wide * ratio < cols;
  const plane = Object.assign(html("canvas"), { width: cols, height: rows });
  ranges.forEach((span, k) => {
    const pixels = new ImageData(cols, rows);
    for (let i = 0; i < rows * cols; i += 1) {
      const rgb = viridis(values[k * rows * cols + i], span);
      for (let part = 0; part < 3; part += 1) pixels.data[4 * i + part] = rgb[part];
      pixels.data[4 * i + 3] = 255;
    }
    plane.getContext("2d").putImageData(pixels, 0, 0);
    context.drawImage(plane, (k % across) * stepX, Math.floor(k / across) * stepY, wide * ratio, high * ratio);
  });
}
