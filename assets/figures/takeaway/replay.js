// The stage under a question that was answered: the story of its exercise.

import { mounted } from "../common/mount.js";
import { withArithmetic } from "../stage/explained.js";
import { besides } from "../stage/room.js";
import { createStage } from "../stage/stage.js";
import { createStory } from "../stage/story.js";
import { createAnswers } from "./answers.js";
import { NOWHERE } from "./nowhere.js";

const LESSON = {
  name: "lesson",
  fromStart: true,
  fillsScreen: true,
  heightOfMap: besides(30),
  parts: ({ model, player }) => withArithmetic(model, createStory(model, player)),
  address: NOWHERE,
};

export function createReplay({ host, element }, language) {
  const stage = mounted((host) => createStage(host, LESSON));
  let answers = null;
  let told = "";
  let times = 0;
  let clean = () => {};

  // Of another exercise, or of one with its box elsewhere, the story begins anew.
  function show(exercise, words, numbers) {
    const key = JSON.stringify([exercise.stage.cells, exercise.boxes, exercise.stage.outputSize, numbers]);
    if (key !== told) {
      told = key;
      times += 1;
      answers = createAnswers({ ...exercise, words, boxes: numbers ? exercise.boxes.with(exercise.selected, numbers) : exercise.boxes });
    }
    paint();
  }

  function paint() {
    const data = answers.answer(language());
    clean = stage({ parentElement: element, data: { ...data, panel: "lesson", epoch: 1000 * times + data.epoch }, setStateValue, setTriggerValue() {} });
  }

  function setStateValue(name, message) {
    if (name !== "edit") return;
    answers.take(message);
    paint();
  }

  // What is not to be seen is not on the page either: the story of an answer tells it.
  function hide() {
    host.remove();
    clean();
    told = "";
  }

  return { show, hide };
}
