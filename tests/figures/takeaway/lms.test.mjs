import assert from "node:assert/strict";
import { test } from "node:test";
import { createReporter } from "../../../assets/figures/takeaway/lms.js";

const STATUS = "cmi.core.lesson_status";
const INCOMPLETE = [["LMSSetValue", STATUS, "incomplete"], ["LMSCommit", ""]];
const scored = (score) => ["raw", "min", "max"].map((part, k) => ["LMSSetValue", `cmi.core.score.${part}`, `${[score, 0, 100][k]}`]);

// A course that holds these values, and writes down what it is told.
function course(values = {}, initialized = "true") {
  const calls = [];
  const write = (name, answer) => (...given) => (calls.push([name, ...given]), answer);
  const api = {
    LMSInitialize: write("LMSInitialize", initialized),
    LMSGetValue: (name) => values[name] ?? "",
    LMSSetValue: write("LMSSetValue", "true"),
    LMSCommit: write("LMSCommit", "true"),
    LMSFinish: write("LMSFinish", "true"),
  };
  return { api, calls, taken: () => calls.splice(0) };
}

// A window in windows of these contents, from its own outwards; the outermost is its own parent.
function framed(...contents) {
  const listeners = [];
  const clock = { now: 0 };
  const windows = contents.map((content) => content ?? {});
  windows.forEach((frame, k) => Object.defineProperty(frame, "parent", { value: windows[k + 1] ?? frame }));
  Object.assign(windows[0], { performance: { now: () => clock.now }, addEventListener: (name, act) => listeners.push([name, act]) });
  const leave = () => listeners.filter(([name]) => name === "pagehide").forEach(([, act]) => act());
  return { window: windows[0], leave, clock };
}

const inCourse = (...of) => {
  const { api, ...rest } = course(...of);
  return { ...rest, ...framed({}, { API: api }) };
};

// A window of another origin: whatever one asks of it throws, but what is round it.
const foreign = () => Object.defineProperty({}, "API", { get: () => { throw new Error("SecurityError"); } });

test("a course is told that it has begun, what was reached and how long it took, in this order", () => {
  const { window, leave, clock, taken } = inCourse();
  const { report } = createReporter(window);
  assert.deepEqual(taken(), [["LMSInitialize", ""], ...INCOMPLETE]);
  report({ done: false, score: 40 });
  assert.deepEqual(taken(), [...scored(40), ["LMSCommit", ""]]);
  report({ done: true, score: 200 / 3 });
  assert.deepEqual(taken(), [...scored(66.67), ["LMSSetValue", STATUS, "completed"], ["LMSCommit", ""]]);
  report({ done: true, score: 66.67 });
  assert.deepEqual(taken(), []);
  clock.now = 1000 * (2 * 3600 + 3 * 60 + 4.567);
  leave();
  leave();
  report({ done: true, score: 100 });
  assert.deepEqual(taken(), [
    ["LMSSetValue", "cmi.core.session_time", "0002:03:04.57"],
    ["LMSSetValue", "cmi.core.exit", ""],
    ["LMSFinish", ""],
  ]);
});

test("where the course has a mastery score it is passed or failed, and what is not done is gone on with", () => {
  const { window, leave, taken } = inCourse({ "cmi.student_data.mastery_score": "80" });
  const { report } = createReporter(window);
  taken();
  report({ done: false, score: 90 });
  assert.deepEqual(taken(), [...scored(90), ["LMSCommit", ""]]);
  leave();
  assert.deepEqual(taken().slice(1), [["LMSSetValue", "cmi.core.exit", "suspend"], ["LMSFinish", ""]]);
  for (const [score, status] of [[80, "passed"], [79.99, "failed"]]) {
    const again = inCourse({ "cmi.student_data.mastery_score": "80" });
    createReporter(again.window).report({ done: true, score });
    assert.deepEqual(again.taken().slice(-2), [["LMSSetValue", STATUS, status], ["LMSCommit", ""]]);
  }
});

test("neither a score nor a status falls when the page is opened again", () => {
  const values = { [STATUS]: "passed", "cmi.core.score.raw": "90", "cmi.student_data.mastery_score": "80" };
  const { window, taken } = inCourse(values);
  const { report } = createReporter(window);
  report({ done: true, score: 20 });
  report({ done: true });
  assert.deepEqual(taken(), [["LMSInitialize", ""]]);
  report({ done: true, score: 95 });
  assert.deepEqual(taken(), [...scored(95), ["LMSCommit", ""]]);
  const failed = inCourse({ ...values, [STATUS]: "failed", "cmi.core.score.raw": "0" });
  createReporter(failed.window).report({ done: true, score: 85 });
  assert.deepEqual(failed.taken(), [["LMSInitialize", ""], ...scored(85), ["LMSSetValue", STATUS, "passed"], ["LMSCommit", ""]]);
});

test("a story is done when all kinds of its scenes were on screen, and this is told once", () => {
  const { window, taken } = inCourse();
  const { seen } = createReporter(window);
  const scenes = ["input", "scan", "scan", "output"].map((kind) => ({ kind }));
  taken();
  for (const k of [0, 3, 0]) seen(scenes[k], scenes);
  assert.deepEqual(taken(), []);
  for (const k of [1, 2, 3]) seen(scenes[k], scenes);
  assert.deepEqual(taken(), [["LMSSetValue", STATUS, "completed"], ["LMSCommit", ""]]);
});

test("the course's object is found some windows further out, beyond a foreign one or round the opener", () => {
  const { api, taken } = course();
  const openedFrom = (opener) => {
    const { window } = framed({ opener });
    return window;
  };
  for (const window of [
    framed({}, {}, {}, { API: api }).window,
    framed({}, foreign(), { API: api }).window,
    openedFrom(framed({}, { API: api }).window),
  ]) {
    createReporter(window);
    assert.deepEqual(taken()[0], ["LMSInitialize", ""]);
  }
  createReporter(framed({}, ...Array.from({ length: 20 }, () => ({})), { API: api }).window);
  assert.deepEqual(taken(), []);
});

test("without a course, with one that does not begin or one that throws, nothing happens", () => {
  const refusing = inCourse({}, "false");
  const throwing = new Proxy({}, { get: (_, name) => (name === "LMSInitialize" ? () => "true" : () => { throw new Error(name); }) });
  for (const { window, leave } of [framed({}), framed({}, foreign()), framed({ API: {} }), refusing, framed({ API: throwing })]) {
    const { report, seen } = createReporter(window);
    report({ done: true, score: 100 });
    seen({ kind: "input" }, [{ kind: "input" }]);
    leave();
  }
  assert.deepEqual(refusing.taken(), [["LMSInitialize", ""]]);
});
