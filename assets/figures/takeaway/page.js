// A page without Python: the stage, and over it what would be Streamlit's.

import { html, setText } from "../common/dom.js";
import { scene } from "../common/model.js";
import { mounted } from "../common/mount.js";
import { withArithmetic } from "../stage/explained.js";
import { besides } from "../stage/room.js";
import { createStage } from "../stage/stage.js";
import { createStory } from "../stage/story.js";
import { createAnswers } from "./answers.js";
import { createControls } from "./controls.js";
import { spoken } from "./languages.js";
import { createReporter } from "./lms.js";
import { NOWHERE } from "./nowhere.js";
import { unpacked } from "./unpacked.js";

// Called by the page, with what it holds: see app/takeaway/document.py.
export default openExercise;

async function openExercise(packed) {
  open(await unpacked(packed));
}

function open(file) {
  const answers = createAnswers(file);
  const reporter = createReporter(window);
  const { languages, codes } = file;
  let language = spoken(languages);
  const words = () => file.words[language].page;
  const speak = (code) => {
    language = code;
    paint();
  };
  const page = { speak, words, language: () => language, conventions: () => file.words[language].conventions };
  const controls = createControls(answers, file, page, paint);
  const figure = html("div", { class: "root" });
  const place = html("main", { "data-figure": "" }, figure);
  const foot = html("p", { class: "foot-note" });
  document.body.replaceChildren(controls.root, place, foot);
  const stage = mounted((host) =>
    createStage(host, {
      name: "story",
      fromStart: true,
      fillsScreen: true,
      heightOfMap: besides(22),
      parts: ({ model, player }) => told(model, withArithmetic(model, createStory(model, player))),
      address: NOWHERE,
    }),
  );

  function setStateValue(name, message) {
    if (name !== "edit") return;
    answers.take(message);
    paint();
  }

  // Parts of the stage, of which a course is told what is on screen.
  function told(model, parts) {
    const paint = (...of) => {
      reporter.seen(scene(model), model.data.scenes);
      parts.paint(...of);
    };
    return { ...parts, paint };
  }

  function paint() {
    document.documentElement.lang = codes[language];
    document.title = words().title;
    controls.paint();
    setText(foot, words().alone);
    stage({ parentElement: place, data: answers.answer(language), setStateValue, setTriggerValue() {} });
  }

  paint();
}
