import assert from "node:assert/strict";
import { test } from "node:test";
import { edit } from "../../../assets/figures/common/exercise.js";
import { curveOf } from "../../../assets/figures/pixels/curve.js";
import { adopt, createModel, imageSize, setBox, wholeBox } from "../../../assets/figures/pixels/model.js";
import { sentenceOf } from "../../../assets/figures/pixels/numbers.js";
import { closest, fourCells, weigh } from "../../../assets/figures/pixels/sampling.js";
import { cases } from "../cases.mjs";
import { assertNear } from "../near.mjs";

const CASES = cases["pixels/model"];

function opened(data) {
  const model = createModel();
  adopt(model, data);
  return model;
}

// The box of every answer in the hand, and what Python answers.
function* inHand() {
  for (const { name, data, moved } of CASES) {
    const model = opened(data);
    for (const answer of moved) {
      const [x1, y1, x2, y2] = answer.now.numbers;
      setBox(model, [y1, y2], [x1, x2]);
      yield { model, data, answer, view: model.view, said: `${name}: ${answer.now.numbers}` };
    }
  }
}

test("a box in the hand lies on the cells that Python answers, and is cut there as by the library", () => {
  for (const { model, data, answer: { now }, view, said } of inHand()) {
    assert.equal(model.held, true);
    assert.deepEqual(view.numbers, now.numbers, said);
    for (const axis of ["rows", "cols"]) {
      assert.deepEqual(view[axis].span, now[axis].span, said);
      // Where nothing is rounded no table has the bins.
      if (data.tables.x.lengths) assert.deepEqual(view[axis], now[axis], said);
    }
  }
});

test("its output is the library's RoIPool, and none where no table has the bins", () => {
  for (const { data, answer: { now }, view, said } of inHand()) {
    assert.deepEqual(view.pooled, data.tables.x.lengths ? now.pooled.map(Number) : [], said);
  }
});

test("its samples lie where the library takes them, and average to the library's RoIAlign", () => {
  for (const { answer: { now }, view, said } of inHand()) {
    for (const axis of ["x", "y"]) {
      assert.equal(view.samples[axis].grid, now.samples[axis].grid, said);
      assertNear(view.samples[axis].at, now.samples[axis].at, 1e-12, said);
    }
    assertNear(view.averaged, now.averaged.map(Number), 1e-12, said);
  }
});

test("what is lost, taken in and moved is what Python answers", () => {
  for (const { answer: { now }, view, said } of inHand()) {
    assert.deepEqual([view.lost, view.taken, view.drift], [now.lost, now.taken, now.drift], said);
  }
});

test("the sentence about it is Python's, word for word", () => {
  for (const { model, answer, said } of inHand()) assert.equal(sentenceOf(model), answer.sentence, said);
});

test("the curve over all positions is Python's, as far as it travels", () => {
  for (const { model, data, answer, said } of inHand()) {
    const curve = curveOf(model);
    for (const name of ["lost", "taken"]) assertNear(curve[name], answer.curve[name], 6e-5, `${name} of ${said}`);
    if (!data.tables.x.lengths) continue;
    assertNear(curve.pooled, answer.curve.pooled.map(Number), 0, said);
    assertNear(curve.averaged, answer.curve.averaged.map(Number), 6e-5, said);
  }
});

test("a box that Python knows is shown in Python's numbers, fractions too", () => {
  for (const { name, data } of CASES) {
    const model = opened(data);
    const { now } = data;
    assert.equal(model.held, false);
    assert.deepEqual([model.view.numbers, model.view.lost, model.view.taken], [now.numbers, now.lost, now.taken], name);
    assert.deepEqual([model.view.pooled, model.view.averaged], [now.pooled.map(Number), now.averaged.map(Number)], name);
    assert.equal(curveOf(model), data.curve);
    assert.equal(sentenceOf(model), data.sentence);
    assert.deepEqual(wholeBox(model), now.whole);
  }
});

test("the cells of a sample weigh one together, and their average is the bin's", () => {
  for (const { name, data } of CASES) {
    const model = opened(data);
    const { y, x } = data.now.samples;
    const [high, wide] = data.outputSize;
    const sums = new Array(high * wide).fill(0);
    y.at.forEach((_, i) => {
      x.at.forEach((__, j) => {
        const four = fourCells(model, [i, j]);
        assert.equal(new Set(four.map(({ row, col }) => `${row},${col}`)).size, four.length);
        const whole = four.reduce((sum, { weight }) => sum + weight, 0);
        assert.ok(Math.abs(whole - 1) < 1e-12, name);
        const bin = Math.floor(i / y.grid) * wide + Math.floor(j / x.grid);
        sums[bin] += four.reduce((sum, { weight, value }) => sum + weight * value, 0) / (y.grid * x.grid);
      });
    });
    assertNear(sums, data.now.averaged.map(Number), 1e-12, name);
  }
});

test("an answer to an earlier change leaves the box in the hand, the last one takes its place", () => {
  const [{ data, moved }] = CASES;
  const model = opened(data);
  setBox(model, [1, 9], [2, 30]);
  edit(model);
  setBox(model, [2, 10], [2, 30]);
  edit(model);
  const late = { ...data, now: moved[0].now, boxes: [{ numbers: [0, ...moved[0].now.numbers] }] };
  adopt(model, { ...late, ack: 1 });
  assert.deepEqual([model.held, model.view.numbers, wholeBox(model)], [true, [2, 2, 30, 10], [2, 2, 30, 10]]);
  adopt(model, { ...late, ack: 2 });
  assert.deepEqual([model.held, model.view.numbers], [false, moved[0].now.numbers]);
});

test("another image is a new beginning for what is in the hand", () => {
  const [{ data }] = CASES;
  const model = opened(data);
  setBox(model, [1, 9], [2, 30]);
  Object.assign(model, { gesture: {}, sample: [0, 0] });
  model.drafts.set(0, "abc");
  adopt(model, { ...data, rows: data.rows + 1 });
  assert.deepEqual([model.held, model.gesture, model.sample, model.drafts.size], [false, null, null, 0]);
});

test("an image is so many pixels", () => {
  assert.deepEqual(imageSize({ rows: 6, cols: 8, stride: 16 }), { rows: 96, cols: 128 });
});

test("a sample outside the map weighs nothing, one at its edge all on the last cell", () => {
  const [outside, edge, between] = [-1.01, 3.9, 1.25].map((at) => [...weigh({ at: [at], grid: 1 }, 1, 4)[0]]);
  assert.deepEqual([outside, edge, between], [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0.75, 0.25, 0]]);
  assert.deepEqual(weigh({ at: [0, 1, 2, 3], grid: 2 }, 2, 4).map((bin) => [...bin]), [[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]]);
});

test("the pointer is on the sample nearest to it, and on none that is further than that", () => {
  const positions = [0.25, 0.75, 1.25];
  assert.deepEqual([0.3, 0.6, 2].map((at) => closest(positions, at, 1)), [0, 1, 2]);
  assert.deepEqual([closest(positions, 2, 0.5), closest(positions, 1.75, 0.5), closest([], 0, 9)], [null, 2, null]);
});
