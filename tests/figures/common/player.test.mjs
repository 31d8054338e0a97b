import assert from "node:assert/strict";
import { test } from "node:test";
import { createModel, adopt } from "../../../assets/figures/common/model.js";
import { createPlayer } from "../../../assets/figures/common/player.js";
import { cases } from "../cases.mjs";
import { openPage, press } from "../page.mjs";
import { put, watchLooks } from "../../../assets/figures/common/looks.js";

const { panels } = cases["common/model"];

// A story from its start, in the hands of a player; `told` are the kinds of scenes in their order.
function story({ mock }) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const window = openPage();
  const model = createModel({ fromStart: true });
  adopt(model, panels.story);
  const { scenes } = model.data;
  const seen = [];
  const player = createPlayer(model, () => seen.push(model.step));
  return { model, window, player, scenes, seen, last: scenes.length - 1, wait: (ms) => mock.timers.tick(ms) };
}

test("each scene is held as long as Python says, and the last is where it rests", (t) => {
  const { model, player, scenes, last, wait } = story(t);
  player.play();
  for (let step = 1; step < last; step += 1) {
    assert.equal(model.playing, true);
    wait(scenes[step].hold - 1);
    assert.equal(model.step, step);
    wait(1);
    assert.equal(model.step, step + 1);
  }
  assert.equal(model.playing, false);
  wait(60_000);
  assert.equal(model.step, last);
});

test("what is on screen has been seen: play goes on from it at once, and from the end to the beginning", (t) => {
  const { model, player, scenes, last, wait } = story(t);
  player.play();
  assert.equal(model.step, 1);
  player.pause();
  player.seek(last - 1);
  player.play();
  assert.deepEqual([model.step, model.playing], [last, false]);
  player.play();
  wait(scenes[0].hold - 1);
  assert.deepEqual([model.step, model.playing], [0, true]);
  wait(1);
  assert.equal(model.step, 1);
});

test("at another speed all of it takes another time, from the moment that it is chosen", (t) => {
  const { model, player, scenes, last, wait } = story(t);
  player.play();
  player.setSpeed(4);
  for (const { hold } of scenes.slice(1, -1)) wait(hold / 4);
  assert.equal(model.step, last);
});

test("steps by hand go from stop to stop, and no further than the ends", (t) => {
  const { model, player, scenes, last } = story(t);
  const stops = scenes.flatMap(({ stop }, step) => (stop ? [step] : []));
  assert.ok(stops.length < scenes.length);
  const walk = (step) => stops.map(() => (step(), model.step));
  assert.deepEqual(walk(player.next), [...stops.slice(1), last]);
  assert.deepEqual(walk(player.prev), [...stops.slice(0, -1).reverse(), 0]);
});

test("one look more goes to the very next scene, stop or not", (t) => {
  const { model, player, scenes } = story(t);
  const between = scenes.findIndex(({ stop }) => !stop);
  player.seek(between - 1);
  player.look();
  assert.deepEqual([model.step, model.playing], [between, false]);
});

test("where it is presented a clicker steps, until the figure has left the page", (t) => {
  const { model, window, player } = story(t);
  watchLooks(() => {});
  put("present", true);
  press(window, "PageDown");
  assert.equal(model.step, 1);
  player.destroy();
  press(window, "PageDown");
  assert.equal(model.step, 1);
});

test("with less motion playing goes from stop to stop, and nothing runs between them", (t) => {
  globalThis.matchMedia = () => ({ matches: true });
  t.after(() => delete globalThis.matchMedia);
  const { model, player, scenes, seen, last, wait } = story(t);
  const stops = scenes.flatMap(({ stop }, step) => (stop ? [step] : []));
  player.play();
  for (const step of stops.slice(1, -1)) {
    assert.equal(model.step, step);
    wait(scenes[step].hold);
  }
  assert.deepEqual([model.step, model.playing], [last, false]);
  assert.ok(seen.every((step) => scenes[step].stop || step === last));
});

test("what was pointed at is shown and stays, and is held between the ends", (t) => {
  const { model, player, last, wait } = story(t);
  player.play();
  player.seek(3);
  wait(60_000);
  assert.deepEqual([model.step, model.playing], [3, false]);
  player.seek(99);
  assert.equal(model.step, last);
  player.seek(-1);
  assert.equal(model.step, 0);
});

test("played again at its end it begins from its start", (t) => {
  const { model, player, last } = story(t);
  player.seek(last);
  player.toggle();
  assert.deepEqual([model.step, model.playing], [0, true]);
  player.toggle();
  assert.equal(model.playing, false);
});

test("it waits while a box is in the hand", (t) => {
  const { model, player, scenes, wait } = story(t);
  player.play();
  model.gesture = { kind: "box" };
  wait(10 * scenes[0].hold);
  assert.deepEqual([model.step, model.playing], [1, true]);
  model.gesture = null;
  wait(scenes[1].hold);
  assert.equal(model.step, 2);
});

test("a map without a box has no story to play", (t) => {
  const { model, player } = story(t);
  adopt(model, { ...cases["common/model"].noBox, epoch: 1 });
  player.play();
  assert.equal(model.playing, false);
});
