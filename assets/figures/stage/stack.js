// The outputs of all boxes: whatever their sizes, a list of equal maps. The one that plays is on the stage.

import { isOnStage } from "../common/model.js";
import { fill } from "../common/text.js";
import { createThumbnails } from "./thumbnails.js";

export function createStack(model, { render, pickBox }) {
  const thumbnails = createThumbnails(model, "stack", {
    outputs: ({ data }) => data.stack,
    // That of the map and of the output on the stage.
    scale: (now) => now.range,
    title: ({ data }) => fill(data.text["stack.title"], { count: data.stack.length, high: data.outputSize[0], wide: data.outputSize[1] }),
    label: ({ data, boxes }, box) => fill(data.text["stack.one"], { box, ...sizeOf(boxes[box] ?? data.boxes[box]) }),
    caption: ({ data, boxes }, box) => fill(data.text["stack.caption"], { box, ...sizeOf(boxes[box] ?? data.boxes[box]) }),
    chosen: (now) => (now.boxes[now.selected] && isOnStage(now, now.boxes[now.selected]) ? now.selected : -1),
    pick: pickBox,
    point: (box) => {
      model.pointed = box;
      render();
    },
  });

  function paint() {
    thumbnails.paint();
    thumbnails.mark(model.pointed);
  }

  return { root: thumbnails.root, paint };
}

// Of a box on its map, in cells.
function sizeOf({ rows, cols }) {
  const [high, wide] = [rows, cols].map(({ span: [start, stop] }) => Math.max(0, stop - start));
  return { high, wide };
}
