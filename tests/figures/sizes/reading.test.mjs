import assert from "node:assert/strict";
import { test } from "node:test";
import { adopt, createModel, setBox } from "../../../assets/figures/common/model.js";
import { holding, inLanes, lengthened, readCut, spanOf } from "../../../assets/figures/sizes/reading.js";
import { cases } from "../cases.mjs";

const CASES = cases["sizes/reading"];
const AXES = ["rows", "cols"];

test("the cut of a length is the library's, and its boundaries those that it rounds", () => {
  for (const { name, data, spans } of CASES) {
    const model = createModel();
    adopt(model, data);
    spans.forEach(({ span, edges, boundaries }, k) => {
      setBox(model, 0, span, span);
      for (const axis of AXES) {
        const wanted = {
          name: axis,
          start: span[0],
          n: span[1] - span[0],
          count: data.outputSize[AXES.indexOf(axis)],
          form: data.ruler.arithmetic === "exact" ? "whole" : "float",
          rest: false,
          stop: data.rule.stop,
          edges: edges[axis],
          boundaries: boundaries[axis],
        };
        for (const box of [data.boxes[k], model.boxes[0]]) assert.deepEqual(readCut(data, box, axis), wanted, `${name}: ${axis} ${span}`);
      }
    });
  }
});

test("a box between cells has the edges that it has on the map, and no boundaries", () => {
  const [{ data }] = CASES;
  const box = { whole: false, rows: { span: [3, 5], starts: [3, 4], stops: [5, 5] } };
  const { start, n, edges, boundaries } = readCut(data, box, "rows");
  assert.deepEqual([start, n, edges, boundaries], [3, 2, [[0, 1], [2, 2]], null]);
});

test("a length is at least a cell and no more than the ruler has", () => {
  const of = (span) => spanOf({ rows: { span } }, "rows", 64);
  assert.deepEqual([[3, 8], [4, 4], [5, 2], [-3, 90]].map(of), [[3, 8], [4, 5], [5, 6], [-3, 61]]);
});

test("a span that is made longer stays where it starts while a map of 64 can show it with a cell more", () => {
  for (let start = 0; start < 63; start += 1) {
    for (let wanted = -3; wanted <= 70; wanted += 1) {
      const [first, stop] = lengthened([start, start + 1], wanted, 64);
      assert.equal(stop - first, Math.max(1, Math.min(64, wanted)));
      assert.ok(first >= 0 && first <= start);
      if (first < start) assert.ok(stop === 63 || first === 0);
      else assert.ok(stop < 64 || start === 0);
    }
  }
});

test("a cell is hatched where the app counts it as shared", () => {
  for (const { name, spans } of CASES) {
    for (const { span, edges, shared } of spans) {
      for (const axis of AXES) {
        const n = span[1] - span[0];
        const several = Array.from({ length: n }, (_, k) => k).filter((k) => holding(edges[axis], k) > 1);
        // What lies past the box is told beside it.
        assert.deepEqual(several, shared[axis].filter((k) => k < n), `${name}: ${axis} ${span}`);
      }
    }
  }
});

test("sections lie in as few lanes as keep them apart, and the empty ones in none", () => {
  for (const { name, spans } of CASES) {
    for (const { span, edges } of spans) {
      for (const axis of AXES) {
        const { lanes, placed, empty } = inLanes(edges[axis]);
        const [starts, stops] = edges[axis];
        placed.forEach(({ i, first, last, lane }, k) => {
          assert.deepEqual([first, last], [starts[i], stops[i]]);
          for (const other of placed.slice(0, k)) assert.ok(other.lane !== lane || other.last <= first, `${name}: ${axis} ${span}`);
        });
        const most = Math.max(...starts.map((at) => holding(edges[axis], at)));
        assert.equal(lanes, most, `${name}: ${axis} ${span}`);
        const none = [...empty.values()].reduce((sum, count) => sum + count, 0);
        assert.equal(placed.length + none, starts.length);
        assert.equal(none, starts.filter((start, i) => stops[i] <= start).length);
      }
    }
  }
});
