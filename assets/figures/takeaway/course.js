// Lessons without Python: the list of them, each step with its question or its replay, and what was answered.

import { html, setText } from "../common/dom.js";
import { isOn, watchLooks } from "../common/looks.js";
import { mounted } from "../common/mount.js";
import { fill } from "../common/text.js";
import { createLesson } from "../lessons/lessons.js";
import { numbersOf } from "./boxed.js";
import { firstTry, judge } from "./judge.js";
import { createListing } from "./listing.js";
import { createLanguages, spoken } from "./languages.js";
import { createReporter } from "./lms.js";
import { createProgress } from "./progress.js";
import { createReplay } from "./replay.js";
import { createText } from "./sentences.js";
import { unpacked } from "./unpacked.js";

// px that are left over and under a figure that is presented by itself.
const OVER = 16;

// Called by the page, with what it holds: see app/takeaway/document.py.
export default openLessons;

async function openLessons(packed) {
  open(await unpacked(packed));
}

function open(file) {
  const says = Object.fromEntries(Object.entries(file.words).map(([language, { say, lessons }]) => [language, createText(language, { ...say, ...lessons })]));
  let language = spoken(file.languages);
  const say = (key, values) => says[language](key, values);
  const alone = file.lessons.length === 1;
  const progress = createProgress(file.lessons, say);
  const reporter = createReporter(window);
  progress.listen(({ done, score }) => reporter.report({ done, score: 100 * score }));
  // Where the learner is: no lesson in the list, and past its last step at its end.
  let at = { lesson: alone ? 0 : null, step: 0, instance: 0 };
  let verdict = null;
  // A first answer that was wrong: the question stays open for a second.
  let tried = null;
  // What of an answer is Python's to hear of in the app: the number of its message.
  let heard = null;

  const languages = createLanguages(file, (code) => {
    language = code;
    paint();
  });
  const title = html("h1", {});
  const bar = html("header", { class: "bar" }, html("div", { class: "named" }, title), languages.root);
  const [asked, told] = ["question", "replay"].map((name) => createPlace(name, file.sheets[name]));
  const listing = createListing(file.lessons, say, { open: (k) => go({ lesson: k, step: 0 }), progress });
  const all = html("button", { type: "button", class: "control quiet", "data-testid": "all" });
  const skip = html("button", { type: "button", class: "control quiet", "data-testid": "skip" });
  const ways = html("nav", { class: "ways" }, all, skip);
  const shown = html("section", { class: "shown" });
  const heading = html("h2", { class: "replayed" });
  const foot = html("p", { class: "foot-note" });
  document.body.replaceChildren(bar, listing.root, shown, asked.host, heading, told.host, ways, foot);
  const question = mounted(createLesson);
  const replay = createReplay(told, () => language);

  all.addEventListener("click", () => go({ lesson: null }));
  skip.addEventListener("click", () => go({ ...at, step: at.step + 1 }));

  function go(to) {
    at = { lesson: to.lesson, step: to.step ?? 0, instance: to.instance ?? 0 };
    verdict = tried = null;
    window.scrollTo(0, 0);
    paint();
  }

  const lessonNow = () => file.lessons[at.lesson];
  const stepNow = () => (at.lesson === null ? undefined : lessonNow().steps[at.step]);
  const instanceNow = () => stepNow().instances[at.instance % stepNow().instances.length];

  // What the learner's figure has said.
  function setStateValue(name, sent) {
    if (name !== "said") return;
    heard = sent.times;
    const { ask, answer } = sent;
    if (ask === "next") go({ ...at, step: at.step + 1 });
    else if (ask === "back") go({ ...at, step: at.step - 1 });
    else if (ask === "another") go({ ...at, instance: at.instance + 1 });
    else if (ask === "check" || ask === "reveal") answered(ask === "check" ? answer : null);
    else paint();
  }

  function answered(given) {
    const answer = { given, told: {} };
    const { right } = judged(answer);
    progress.note(at.lesson, at.step, right);
    // Whoever is shown the right one after a try sees the own answer beside it.
    if (given === null) verdict = tried ?? answer;
    else if (right || tried) verdict = answer;
    else tried = answer;
    paint();
  }

  // What is said of an answer, worked out once in each language.
  function judged(answer = verdict) {
    if (!answer) return null;
    const { given, told } = answer;
    const of = instanceNow();
    told[language] ??= judge(of, given, says[language], of.said[language].after);
    return told[language];
  }

  function paint() {
    document.documentElement.lang = file.codes[language];
    const step = stepNow();
    const isList = at.lesson === null;
    const isEnd = !isList && step === undefined;
    setText(title, file.words[language].page.lessons);
    document.title = isList ? title.textContent : say(`lessons.${lessonNow().name}.title`);
    languages.paint(language);
    listing.root.hidden = !isList;
    if (isList) listing.paint();
    const asks = Boolean(step?.asks);
    asked.host.hidden = !asks;
    shown.hidden = isList || asks;
    ways.hidden = isList || isOn("present");
    all.hidden = alone;
    skip.hidden = !asks || verdict !== null || tried !== null;
    setText(all, `← ${say("lessons.all")}`);
    setText(skip, say("lessons.skip"));
    setText(foot, file.words[language].page.alone);
    if (asks) paintQuestion();
    else if (step) paintShown(step);
    else if (isEnd) paintEnd();
    paintReplay(step);
  }

  function paintQuestion() {
    const { open: data, said } = instanceNow();
    const { looks, lessons } = file.words[language];
    const judgement = judged();
    const first = tried && !verdict ? firstTry(instanceNow(), tried.given, says[language]) : null;
    const words = said[language];
    const rule = judgement ? words.rule : words.question.rule;
    const text = Object.fromEntries(Object.entries(lessons).filter(([key]) => key.startsWith("lessons.figure.")).map(([key, value]) => [key.slice("lessons.figure.".length), value]));
    // There is always a next: after the last step comes the end, which counts.
    question({
      parentElement: asked.element,
      data: { ...data, id: `${data.id}.${at.instance}`, question: { ...words.question, rule }, fields: words.fields, verdict: judgement, tried: first, problem: null, next: true, another: stepNow().instances.length > 1, text, looks, heard },
      setStateValue,
      setTriggerValue() {},
    });
  }

  // A step that asks nothing, and the end of a lesson: a sentence over what is to be seen.
  function paintShown(step) {
    const { name, steps } = lessonNow();
    const count = fill(file.words[language].lessons["lessons.step"], { number: at.step + 1, count: steps.length });
    const head = html("h2", {}, say(`lessons.${name}.title`), " ", html("small", {}, count));
    const able = at.step === 0 ? [html("p", {}, say("lessons.able", { able: say(`lessons.${name}.able`) }))] : [];
    const sentence = html("p", { class: "sentence" }, step.instances[0].said[language]);
    const buttons = [at.step > 0 && button("before", { ...at, step: at.step - 1 }), button("next", { ...at, step: at.step + 1 }, "primary")];
    shown.replaceChildren(head, ...able, sentence, html("div", { class: "controls" }, ...buttons.filter(Boolean)));
  }

  function paintEnd() {
    const { name } = lessonNow();
    const head = html("h2", {}, say("lessons.end", { title: say(`lessons.${name}.title`) }));
    const done = html("p", {}, progress.said(at.lesson));
    const following = file.lessons[at.lesson + 1];
    const buttons = [button("once_more", { lesson: at.lesson })];
    if (following) buttons.unshift(button("following", { lesson: at.lesson + 1 }, "primary", { title: say(`lessons.${following.name}.title`) }));
    shown.replaceChildren(head, done, html("div", { class: "controls" }, ...buttons));
  }

  function button(name, to, kind = "", values = {}) {
    const made = html("button", { type: "button", class: `control ${kind}`, "data-testid": name }, say(`lessons.${name}`, values));
    made.addEventListener("click", () => go(to));
    return made;
  }

  // The story of the exercise that was shown or asked about, with the box on it that is seen.
  function paintReplay(step) {
    const of = step && instanceNow();
    // The replay of what was to be cut or placed tells that before it comes to any number.
    const open = step?.asks && (verdict === null || isOn("hide"));
    const seen = of?.exercise && !open;
    heading.hidden = !seen || !step.asks;
    if (!seen) return replay.hide();
    if (!told.host.isConnected) heading.after(told.host);
    setText(heading, say("lessons.replay"));
    const { box } = step.asks && of.open.kind === "box" ? judged() : {};
    return replay.show(of.exercise, file.words, box && numbersOf(of.exercise, box));
  }

  // A replay that is presented leaves its screen to what is said over it.
  const above = new ResizeObserver(() => {
    const over = shown.hidden ? 0 : told.host.offsetTop - document.body.offsetTop - OVER;
    told.host.style.setProperty("--above", `${over}px`);
  });
  above.observe(shown);
  watchLooks(paint);
  paint();
}

// A figure in a shadow of its own, with its style.
function createPlace(name, style) {
  const host = html("div", { class: `figure ${name}` });
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  shadow.adoptedStyleSheets = [sheet];
  const element = html("div", {}, html("div", { class: "root" }));
  shadow.append(element);
  return { host, element, shadow };
}
