import assert from "node:assert/strict";
import { test } from "node:test";
import { lookIn, toldOf } from "../../../assets/figures/detector/address.js";
import { adopt, axisOf, boxOf, choose, createModel, draw, DRAWN_FIRST, planeOf, pooledOf, proposalsAt, reached, refinedOf } from "../../../assets/figures/detector/model.js";
import { recallOf } from "../../../assets/figures/detector/recall.js";
import { ms, sentenceOf, sizeOf } from "../../../assets/figures/detector/words.js";
import { cases } from "../cases.mjs";
import { assertNear } from "../near.mjs";

const { data, proposals, points, covered } = cases["detector/model"];

function opened() {
  const model = createModel();
  adopt(model, data);
  return model;
}

test("a chosen proposal is cut and pooled as by the library, in every number of sections", () => {
  const model = opened();
  for (const { proposal, sections, channel, edges: [y0, y1, x0, x1], values, places, sums } of proposals) {
    choose(model, { proposal, sections, channel });
    const said = `${proposal} in ${sections}`;
    const { rows, cols, bins } = model.view;
    assert.deepEqual([rows.starts, rows.stops, cols.starts, cols.stops], [y0, y1, x0, x1], said);
    assert.deepEqual(bins.map(({ value }) => value), values, said);
    assert.deepEqual(bins.map(({ empty, row, col }) => (empty ? -1 : row * data.cols + col)), places, said);
    const all = pooledOf(model);
    const size = sections ** 2;
    const found = Array.from({ length: data.channels }, (_, k) => all.subarray(k * size, (k + 1) * size).reduce((a, b) => a + b, 0));
    assertNear(found, sums, 1e-9, said);
    assert.deepEqual([...all.subarray(channel * size, (channel + 1) * size)], values, said);
  }
});

test("its box and its scores are those of the network, and the surest class is the best", () => {
  const model = opened();
  for (const { proposal, box, scores } of proposals) {
    choose(model, { proposal });
    assert.deepEqual(boxOf(model, proposal), box);
    assert.deepEqual(model.view.scores, scores.map(Math.fround));
    assert.equal(model.view.scores[model.view.best], Math.max(...model.view.scores));
  }
  for (const { proposal, box } of data.detections) {
    assertNear(refinedOf(model, proposal), box, 1e-4, `${proposal}`);
  }
});

test("its cells lie on the map whatever the number of sections", () => {
  const model = opened();
  for (const { proposal } of proposals) {
    const spans = [1, 3, 14].map((sections) => axisOf({ ...model, sections }, "rows", proposal).span);
    assert.deepEqual(spans[1], spans[0]);
    assert.deepEqual(spans[2], spans[0]);
    assert.ok(spans[0][0] >= 0 && spans[0][1] <= data.rows);
  }
});

test("over a point lie the proposals that hold it, the smallest first, and of them those that are drawn", () => {
  const model = opened();
  for (const { at, over } of points) {
    assert.deepEqual(proposalsAt({ ...model, first: data.proposals.count }, ...at), over.toReversed(), `${at}`);
    assert.deepEqual(proposalsAt({ ...model, first: 20 }, ...at), over.filter((n) => n < 20).toReversed());
  }
  const sizes = ({ length }) => Array.from({ length }, (_, n) => boxOf(model, n)).map(([x1, y1, x2, y2]) => (x2 + 1 - x1) * (y2 + 1 - y1));
  const all = sizes({ length: data.proposals.count });
  assert.deepEqual(all, all.toSorted((a, b) => b - a));
});

test("proposals are gone through from the surest", () => {
  const model = opened();
  const background = [...model.arrays.order].map((n) => {
    choose(model, { proposal: n });
    return model.view.scores[0];
  });
  assert.deepEqual(background, background.toSorted((a, b) => a - b));
  assert.equal(model.view.rank, data.proposals.count - 1);
});

test("each channel has the range of its own plane", () => {
  const model = opened();
  model.ranges.forEach(({ low, high }, k) => {
    const plane = [...planeOf(model, k)];
    assert.equal(plane.length, data.rows * data.cols);
    assert.deepEqual([low, high], [Math.min(...plane), Math.max(...plane)]);
  });
});

test("a stage is reached from its scene on", () => {
  const model = opened();
  const kinds = data.scenes.map(({ kind }) => kind);
  kinds.forEach((_, step) => {
    model.step = step;
    assert.deepEqual(kinds.filter((kind) => reached(model, kind)), kinds.slice(0, step + 1));
  });
});

test("the same picture seen by another network keeps what is looked at, another picture does not", () => {
  const model = opened();
  choose(model, { proposal: 5, channel: 3, sections: 2 });
  model.step = 2;
  draw(model, 7);
  adopt(model, { ...data, id: "another network" });
  assert.deepEqual([model.proposal, model.channel, model.sections, model.step, model.first], [5, 3, 2, 2, 7]);
  adopt(model, { ...data, id: "another picture", name: "another" });
  const { proposal, channel } = data.look;
  assert.deepEqual([model.proposal, model.channel, model.sections, model.step], [proposal, channel, 2, 2]);
  assert.deepEqual([model.first, model.wanted], [DRAWN_FIRST, DRAWN_FIRST]);
});

test("the story begins with the picture, and with a few of its proposals", () => {
  const model = opened();
  assert.deepEqual([model.step, model.first], [0, DRAWN_FIRST]);
  assert.ok(data.proposals.count > DRAWN_FIRST);
});

const address = (model) => {
  const url = new URL("http://localhost/detector?lang=zh");
  for (const [name, value] of Object.entries(toldOf(model))) if (value !== null) url.searchParams.set(name, value);
  return url.href;
};

test("the address says what is looked at, and whoever opens it looks at that", () => {
  const model = opened();
  assert.equal(address(model), "http://localhost/detector?lang=zh");
  for (let k = 0; k < data.scenes.length; k += 1) {
    model.step = k;
    choose(model, { proposal: 5 * k, channel: 3 * k, sections: 1 + k });
    draw(model, 10 * k + 1);
    const other = createModel();
    adopt(other, data, lookIn(address(model), data));
    for (const name of ["step", "proposal", "channel", "sections", "first", "wanted"]) assert.equal(other[name], model[name], name);
    assert.deepEqual(other.view.bins, model.view.bins);
  }
});

test("an address of another picture, or with what there is not, opens as if it said nothing", () => {
  const { count } = data.proposals;
  const asked = [`picture=${data.name}x&step=scores`, `proposal=${count}&channel=-1&sections=0&first=${count + 1}&step=none`, "proposal=1.5&first=&channel=x"];
  for (const query of asked) assert.deepEqual(lookIn(`http://localhost/detector?${query}`, data), {}, query);
});

test("of a picture of one's own the address says only that it is one", () => {
  const model = createModel();
  adopt(model, { ...data, name: "own-0123" });
  choose(model, { proposal: 5 });
  assert.equal(address(model), "http://localhost/detector?lang=zh&picture=own");
});

test("recall rises with the proposals, to the share of the objects that any of them covers", () => {
  const { objects, proposals: { count } } = data;
  assert.deepEqual(objects.map((object) => object.covered), covered);
  let before = 0;
  for (let first = 1; first <= count; first += 1) {
    const now = recallOf(objects, first);
    const found = covered.filter((n) => n > 0 && n <= first).length;
    assert.equal(now, found / covered.length);
    assert.ok(now >= before);
    before = now;
  }
  assert.equal(recallOf([{ covered: 0 }, { covered: 3 }], 99), 0.5);
  assert.equal(recallOf([], 4), 0);
});

test("every stage has a sentence that leaves nothing to be filled in", () => {
  const model = opened();
  const told = data.scenes.map((_, step) => {
    model.step = step;
    return sentenceOf(model);
  });
  assert.equal(new Set(told).size, data.scenes.length);
  for (const sentence of [...told, sizeOf(data)]) assert.doesNotMatch(sentence, /[{}]|undefined|NaN/);
});

test("seconds read as people say them", () => {
  const told = [0.0004, 0.00996, 0.0099, 0.01, 0.0644, 0.999, 1, 1.64, 12].map(ms);
  assert.deepEqual(told, ["0.4 ms", "10 ms", "9.9 ms", "10 ms", "64 ms", "999 ms", "1 s", "1.6 s", "12 s"]);
});
