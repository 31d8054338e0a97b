// Goes through the scenes: by itself, a stop at a time, or to a step that was pointed at. For who wants
// less motion playing goes from stop to stop too, and the cells that a scan runs over stand still.

import { watchSteps } from "./looks.js";
import { scene } from "./model.js";

export function createPlayer(model, render) {
  let timer = 0;

  function goTo(step) {
    model.hover = null;
    model.touched = false;
    model.step = Math.max(0, Math.min(model.data.scenes.length - 1, step));
    render();
  }

  function wait() {
    clearTimeout(timer);
    if (model.playing) timer = setTimeout(advanced, scene(model).hold / model.speed);
  }

  function advanced() {
    if (model.gesture) return wait();
    const last = model.data.scenes.length - 1;
    if (model.step >= last) return pause();
    const next = isStill() ? nextStop(model) : model.step + 1;
    // The last scene has nothing after it: the player comes to rest as it is reached.
    model.playing = next < last;
    goTo(next);
    return wait();
  }

  function play() {
    if (model.data.scenes.length < 2) return;
    const again = model.step >= model.data.scenes.length - 1;
    if (again) model.step = 0;
    model.playing = true;
    render();
    // What was on screen has been seen: whoever presses play is shown at once that it plays.
    if (again) wait();
    else advanced();
  }

  function pause() {
    model.playing = false;
    clearTimeout(timer);
    render();
  }

  function seek(step) {
    model.playing = false;
    clearTimeout(timer);
    goTo(step);
  }

  const next = () => seek(nextStop(model));
  const prev = () => seek(previousStop(model));
  const ignore = watchSteps((by) => (by > 0 ? next() : prev()));

  return {
    play,
    pause,
    seek,
    toggle: () => (model.playing ? pause() : play()),
    next,
    prev,
    // The next scene, whether or not it is a stop: in a scan, one look more.
    look: () => seek(model.step + 1),
    setSpeed(speed) {
      model.speed = speed;
      wait();
    },
    destroy() {
      clearTimeout(timer);
      ignore();
    },
  };
}

function isStill() {
  return globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
}

function nextStop({ data, step }) {
  const found = data.scenes.findIndex((other, i) => i > step && other.stop);
  return found < 0 ? data.scenes.length - 1 : found;
}

function previousStop({ data, step }) {
  return Math.max(
    0,
    data.scenes.findLastIndex((other, i) => i < step && other.stop),
  );
}
