// All channels at once, small, to choose one from.

import { html } from "./dom.js";
import { VIRIDIS } from "./viridis.js";

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

  // `values` holds `count` planes of rows × cols one after the other; `key` says which they are.
  function paint({ values, count, rows, cols, across, width, chosen, key }) {
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
    draw(canvas, values(), { count, rows, cols, across, down, wide, high });
  }

  return { root, paint };
}

// One scale of colours for all: a channel that answers weakly looks weak.
function draw(canvas, values, { count, rows, cols, across, down, wide, high }) {
  const ratio = window.devicePixelRatio || 1;
  const [stepX, stepY] = [(wide + GAP) * ratio, (high + GAP) * ratio];
  canvas.width = Math.round(across * stepX - GAP * ratio);
  canvas.height = Math.round(down * stepY - GAP * ratio);
  Object.assign(canvas.style, { width: "100%", height: "100%" });
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = wide * ratio < cols;
  const plane = Object.assign(html("canvas"), { width: cols, height: rows });
  const most = values.reduce((a, b) => Math.max(a, b), 0) || 1;
  for (let k = 0; k < count; k += 1) {
    const pixels = new ImageData(cols, rows);
    for (let i = 0; i < rows * cols; i += 1) {
      const at = Math.max(0, Math.min(255, Math.floor((values[k * rows * cols + i] / most) * 256)));
      for (let part = 0; part < 3; part += 1) pixels.data[4 * i + part] = VIRIDIS[at][part];
      pixels.data[4 * i + 3] = 255;
    }
    plane.getContext("2d").putImageData(pixels, 0, 0);
    context.drawImage(plane, (k % across) * stepX, Math.floor(k / across) * stepY, wide * ratio, high * ratio);
  }
}
