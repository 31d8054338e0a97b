// What a figure shows of an exercise that can be edited, and how Python is told of the changes.
//
// Python is the truth; until it has answered all that was changed, the boxes and cells here are newer than
// those of the data and stay.

import { range } from "./colour.js";
import { forget, note, unanswered } from "./unanswered.js";

export function exercise() {
  return {
    ...unanswered(),
    data: null,
    cells: [],
    // Counts the changes of the cells, so that nobody has to compare thousands of them.
    version: 0,
    range: { low: 0, high: 1 },
    boxes: [],
    selected: 0,
    // The plane of the maps that is shown.
    image: 0,
    channel: 0,
    // [row, column] of the chosen output cell; null where none can be chosen.
    cell: null,
    // Cells changed and not noted for Python.
    changed: new Map(),
    gesture: null,
    drafts: new Map(),
    // Names of what a box carries beside its bins: it stays with the box, and is told with every change.
    own: [],
  };
}

// Another exercise, or another map, has come: nothing that was under the hand is there any more.
export function letGo(model) {
  forget(model);
  model.gesture = null;
  model.drafts.clear();
}

export function setCells(model, cells) {
  model.cells = cells;
  model.version += 1;
  model.range = range(cells);
}

// What these boxes carry, box by box, under its names.
export function carried({ own }, boxes) {
  return Object.fromEntries(own.map((name) => [name, boxes.map((box) => box[name] ?? null)]));
}

// Notes a change for Python: the boxes as they are, the cells since the last one, or an undo or redo.
//
// What is `asked` for beyond that, another image perhaps, is shown when Python has answered.
export function edit(model, { undo = false, redo = false, ...asked } = {}) {
  const change = undo || redo
    ? { undo, redo }
    : {
        boxes: model.boxes.map((box) => box.numbers),
        cells: [...model.changed.values()],
        // The cells are those of the map that Python has sent, wherever the look goes next.
        plane: [model.data.image, model.data.channel],
        selected: model.selected,
        cell: model.cell,
        image: model.image,
        channel: model.channel,
        ...carried(model, model.boxes),
        ...asked,
      };
  model.changed.clear();
  note(model, change);
}
