import assert from "node:assert/strict";
import { test } from "node:test";
import { adopt, createModel, setBox, setCell } from "../../../assets/figures/common/model.js";
import { gradientOf, passed, placesOf, sendBack, setGradient, tied } from "../../../assets/figures/gradient/backward.js";
import { cases } from "../cases.mjs";

const CASES = cases["gradient/backward"];

function opened(data) {
  const model = createModel({ own: ["gradient"] });
  adopt(model, data);
  return model;
}

function assertArrived(model, box, wanted, message) {
  const { cells, shares } = sendBack(model);
  assert.deepEqual([...cells], wanted.gradient, message);
  const told = [...shares].map(([place, all]) => [place, all.map(({ box: n, i, j, value }) => [n, i, j, value])]);
  assert.deepEqual(told.sort(([a], [b]) => a - b), wanted.shares, message);
  assert.deepEqual(placesOf(model, model.boxes[box]), wanted.places, message);
  // One that two sections share is told twice.
  const ties = [...new Map(tied(model).map((cell) => [cell.join(), cell])).values()];
  assert.deepEqual(ties.sort(([a, b], [c, d]) => a - c || b - d), wanted.tied, message);
}

test("what arrives at the map is the library's, as Python answers it", () => {
  for (const { name, data, first } of CASES) assertArrived(opened(data), 0, first, name);
});

test("so it is while the box is in the hand: its cells, its ties, and who sent what in which order", () => {
  for (const { name, data, drags } of CASES) {
    const model = opened(data);
    for (const { box, rows, cols, ...wanted } of drags) {
      Object.assign(model, { boxes: data.boxes, selected: box, gesture: { kind: "box" } });
      setBox(model, box, rows, cols);
      assertArrived(model, box, wanted, `${name}: box ${box} on ${rows}, ${cols}`);
    }
  }
});

test("without what Python sent of its maxima a box finds the same cells", () => {
  for (const { name, data, first } of CASES) {
    const model = opened(data);
    assert.deepEqual(data.boxes[0].places, first.places);
    for (const { places, ...box } of data.boxes.slice(0, 2)) assert.deepEqual(placesOf(model, box), places, name);
  }
});

test("a cell that becomes the largest gets the gradient at once", () => {
  const [{ data }] = CASES;
  const model = opened(data);
  setBox(model, 0, [0, 2], [0, 2]);
  setBox(model, 1, [0, 2], [0, 2]);
  setCell(model, 1, 1, 99);
  assert.equal(placesOf(model, model.boxes[0]).at(-1), data.cols + 1);
  assert.ok(sendBack(model).shares.has(data.cols + 1));
});

test("the story carries the sections of the chosen box one by one, and then adds the others", () => {
  for (const { name, data } of CASES) {
    const model = opened(data);
    const [high, wide] = data.outputSize;
    const counts = data.scenes.map((_, step) => {
      model.step = step;
      const sent = [...sendBack(model).shares.values()].flat();
      assert.ok(passed(model).carried === Infinity || sent.every(({ box }) => box === 0), name);
      return sent.length;
    });
    const carried = data.scenes.flatMap(({ kind }, step) => (kind === "carry" ? [step] : []));
    assert.equal(carried.length, high * wide, name);
    assert.deepEqual(counts.slice(0, carried[0]).map(() => 0), counts.slice(0, carried[0]), name);
    carried.forEach((step, k) => {
      model.step = step;
      assert.equal(passed(model).carried, k);
      // What adds up to nothing on a cell is not there to be counted, so it may be less than before.
      const arrived = [...sendBack(model).shares.values()].flat();
      assert.ok(arrived.every(({ i, j }) => i * wide + j <= k), name);
    });
  }
});

test("no step changes the scale of colours", () => {
  for (const { name, data } of CASES) {
    const model = opened(data);
    const scales = data.scenes.map((_, step) => {
      model.step = step;
      return sendBack(model).most;
    });
    assert.equal(new Set(scales).size, 1, name);
  }
});

test("the scale ends at 2 or further out, but for small numbers at the largest", () => {
  const [{ data }] = CASES;
  for (const [largest, most] of [[0, 2], [0.25, 0.25], [0.5, 2], [-1.5, 2], [-40, 40]]) {
    const model = opened(data);
    model.boxes = model.boxes.map((box) => ({ ...box, gradient: gradientOf(model, box).map((_, k) => (k ? 0 : largest)) }));
    model.boxes.splice(1, 2);
    assert.equal(sendBack(model).most, most);
  }
});

test("where nothing is set, or for another output, the gradient is one", () => {
  const [{ data }] = CASES;
  const model = opened(data);
  assert.deepEqual(gradientOf(model, {}), [1, 1, 1, 1]);
  assert.deepEqual(gradientOf(model, { gradient: [5, 5] }), [1, 1, 1, 1]);
  setGradient(model, [4, 3, 2, 1]);
  assert.deepEqual(gradientOf(model, model.boxes[0]), [4, 3, 2, 1]);
  assert.deepEqual(gradientOf(model, model.boxes[1]), data.boxes[1].gradient);
});
