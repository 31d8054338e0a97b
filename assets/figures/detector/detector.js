// The article's diagram at work, as a Streamlit component: from a picture to boxes, stage by stage.

import { lookIn, toldOf } from "./address.js";
import { createArrow } from "./arrow.js";
import { createFound } from "./found.js";
import { createImage } from "./image.js";
import { createKeys } from "./keys.js";
import { createMap } from "./map.js";
import { adopt, choose, createModel, draw, reached } from "./model.js";
import { createPooled } from "./pool.js";
import { createScores } from "./scores.js";
import { createTabs } from "./tabs.js";
import { ms, sentenceOf, sizeOf } from "./words.js";
import { html, setText } from "../common/dom.js";
import { isOn } from "../common/looks.js";
import { createLookTools } from "../common/looktools.js";
import { rem } from "../common/geometry.js";
import { scene } from "../common/model.js";
import { createPainter, markKeyboard, mounted } from "../common/mount.js";
import { createPlayer } from "../common/player.js";
import { createRecall } from "./recall.js";
import { createReveal } from "./reveal.js";
import { createAddress } from "../common/share.js";
import { bring } from "../common/sight.js";
import { createStepper } from "../common/stepper.js";
import { fill } from "../common/text.js";
import { createTransport } from "../common/transport.js";

// The stages of the diagram, and the step of the story from which on each is there.
const STAGES = { image: "image", features: "features", pooling: "pooling", scores: "scores" };
// The stage that each step is about: where there is no room for a row of four it is the only one shown.
const SHOWN = { ...STAGES, proposals: "image", detections: "image" };
// rem above and below a stage that is shown alone, so that it and the player are in view together.
const BESIDES = 14.5;
const LOWEST = 150;
// From so many rem on there is room for the row of four; presented, each of them is to be seen from afar.
const IN_ROW = { usual: 58.125, presented: 70 };
// From so many rem on a picture that is alone has half the width.
const HALVED = 37.5;
const ARROWS = { features: "backbone", pooling: "pooling", scores: "head" };

export default mounted(createDetector);

function createDetector(host) {
  const model = createModel();
  let send = () => {};
  let before = null;
  let played = false;
  const player = createPlayer(model, () => stepped());
  const actions = {
    render: () => painter.render(),
    select: (proposal) => look({ proposal }, "pooling", model.data.known && reached(model, "scores") ? "scores" : "pooling"),
    pick: (channel) => look({ channel }, "features"),
    resize: (sections) => look({ sections }, "pooling"),
    draw: (first) => {
      reveal.stop();
      draw(model, first);
      look({}, "proposals");
    },
    open: () => send({ proposal: model.proposal, channel: model.channel, sections: model.sections, at: Date.now() }),
  };
  const image = createImage(model, actions);
  const map = createMap(model, actions);
  const pooled = createPooled(model, actions);
  const scores = createScores(model, image.photo);
  const recall = createRecall(model, actions);
  const found = createFound(model, actions);
  const turn = (by) => model.view && rank(model.view.rank + by);
  const rank = (at) => actions.select(model.arrays.order[Math.max(0, Math.min(model.data.proposals.count - 1, at))]);
  const proposal = createStepper("proposal", { pick: rank });
  const nothing = html("p", { class: "nothing", role: "status" });
  const choices = html("div", { class: "foot" }, proposal.root, recall.root, nothing);
  const parts = {
    image: [image.root, choices],
    features: [map.map, map.foot],
    pooling: [pooled.grid, pooled.foot],
    scores: [scores.bars, scores.foot],
  };
  const stages = Object.fromEntries(Object.keys(STAGES).map((name) => [name, createStage(name, ...parts[name])]));
  const arrows = Object.fromEntries(Object.keys(ARROWS).map((name) => [name, createArrow(name)]));
  const over = createArrow("proposals");
  const diagram = html(
    "div",
    { class: "diagram" },
    over.root,
    ...Object.keys(STAGES).flatMap((name) => [...(arrows[name] ? [arrows[name].root] : []), stages[name].root]),
  );
  const address = createAddress(() => toldOf(model));
  const tabs = createTabs(model, { stages: STAGES, shown: SHOWN, seek: (step) => player.seek(step) });
  const transport = createTransport(model, player, {
    text: () => model.data.text,
    spoken: () => sentenceOf(model),
    labels: (kind) => model.data.text[`detector.kind.${kind}`],
  });
  // Its answers come with the steps, and none has to be hidden.
  const looks = createLookTools(["present"]);
  const caption = html("p", { class: "caption", "data-testid": "caption", "aria-live": "polite" });
  const root = html(
    "div",
    { class: "detector", "data-testid": "detector", tabindex: 0, role: "group" },
    tabs.root,
    diagram,
    html("div", { class: "timeline" }, transport.buttons, transport.track, transport.speed, html("div", { class: "tools" }, ...looks.buttons)),
    html("div", { class: "words" }, caption, found.root),
  );
  host.replaceChildren(root);
  createKeys(root, player, turn);
  const painter = createPainter(host, paint);
  const reveal = createReveal(model, () => painter.render());
  markKeyboard(root);

  // Where the story comes to the proposals they appear one after the other.
  function stepped() {
    model.said = null;
    const arrives = model.playing && scene(model).kind === "proposals" && model.told !== model.step;
    model.told = model.step;
    if (arrives) reveal.start();
    else if (scene(model).kind !== "proposals") reveal.stop();
    painter.render();
  }

  // What is chosen is shown, if the story has to go on for that, and is what the sentence is about.
  function look(wanted, from, said = from) {
    choose(model, wanted);
    const at = model.data.scenes.findIndex((one) => one.kind === from);
    if (!reached(model, from) && at >= 0) player.seek(at);
    model.said = said;
    painter.render();
  }

  function paint() {
    const { data } = model;
    if (!data) return;
    const { text } = data;
    const { kind } = scene(model);
    Object.assign(root.dataset, { scene: kind, name: data.name, proposal: model.proposal, channel: model.channel, sections: model.sections });
    root.dataset.confirmed = "true";
    root.dataset.shown = SHOWN[kind];
    address.keep();
    root.setAttribute("aria-label", text["detector.title"]);
    root.setAttribute("aria-description", text["detector.described"]);
    for (const [name, from] of Object.entries(STAGES)) paintStage(name, from, kind);
    for (const [name, step] of Object.entries(ARROWS)) {
      arrows[name].root.classList.toggle("reached", reached(model, name));
      arrows[name].root.classList.toggle("now", name === kind);
      const worked = name === "features" || data.proposals.count > 0;
      arrows[name].say(text[`detector.arrow.${step}`], worked ? ms(data.seconds[step]) : "");
    }
    over.root.classList.toggle("reached", reached(model, "proposals"));
    over.root.classList.toggle("now", kind === "proposals");
    const searched = reached(model, "proposals");
    over.say(searched ? fill(text["detector.arrow.search"], { count: data.proposals.count }) : "", searched ? ms(data.seconds.search) : "");
    tabs.paint();
    paintFigures();
    paintChoice(text);
    found.paint();
    transport.paint();
    looks.paint(text);
    setText(caption, sentenceOf(model));
    follow(kind);
  }

  // As play is pressed, and where a stage is alone as another step comes.
  function follow(kind) {
    const started = model.playing && !played;
    const turned = before !== null && before !== kind && host.classList.contains("alone");
    [before, played] = [kind, model.playing];
    if (started || turned) bring(caption, stages[root.dataset.shown].body);
  }

  // In a row each has its column; alone it is as large as the screen allows beside the player.
  function paintFigures() {
    const alone = root.clientWidth < rem(isOn("present") ? IN_ROW.presented : IN_ROW.usual);
    host.classList.toggle("alone", alone);
    const half = root.clientWidth >= rem(HALVED) ? 0.5 : 1;
    const side = Math.floor(Math.min(root.clientWidth * half, Math.max(LOWEST, window.innerHeight - rem(BESIDES))));
    root.style.setProperty("--figure", `${side}px`);
    const figures = { image, features: map, pooling: pooled, scores };
    for (const [name, figure] of Object.entries(figures)) {
      stages[name].root.classList.toggle("shown", name === root.dataset.shown);
      figure.paint(alone ? side : stages[name].room());
    }
  }

  function paintStage(name, from, kind) {
    const { data, sections } = model;
    const { root: stage, head } = stages[name];
    const there = reached(model, from) && (data.proposals.count > 0 || ["image", "features"].includes(name));
    stage.classList.toggle("reached", there);
    stage.classList.toggle("now", from === kind || (name === "image" && kind === "detections"));
    stage.toggleAttribute("inert", !there && data.proposals.count === 0);
    const sizes = {
      image: sizeOf(data),
      features: [data.channels, data.rows, data.cols].join(" × "),
      pooling: [data.channels, sections, sections].join(" × "),
      scores: "",
    };
    setText(head.firstChild, data.text[`detector.stage.${name}`]);
    setText(head.lastChild, sizes[name]);
  }

  function paintChoice(text) {
    const { proposals, known } = model.data;
    const words = [text["detector.proposal.less"], text["detector.proposal.more"]];
    const of = text[known ? "detector.proposal.of" : "detector.proposal.of.photo"];
    choices.classList.toggle("waiting", !reached(model, "proposals"));
    proposal.root.hidden = proposals.count === 0;
    proposal.paint({ text: text["detector.proposal"], of, value: model.view?.rank ?? 0, count: proposals.count, first: 1, words });
    recall.paint(recall.root.querySelector(".recall-track").clientWidth);
    nothing.hidden = proposals.count > 0;
    setText(nothing, text["detector.nothing"]);
  }

  return {
    update(data, { setTriggerValue }) {
      send = (asked) => setTriggerValue("open", asked);
      if (model.data && model.data.id !== data.id) {
        player.pause();
        reveal.stop();
      }
      adopt(model, data, model.data ? {} : lookIn(window.location.href, data));
      paint();
    },
    destroy() {
      address.destroy();
      player.destroy();
      reveal.stop();
      painter.destroy();
    },
  };
}

function createStage(name, figure, foot) {
  const head = html("h2", { class: "stage-head" }, html("span"), html("small"));
  const body = html("div", { class: "body" }, figure);
  const root = html("section", { class: `stage ${name}`, "data-stage": name }, head, body, foot);
  // What the figure may be wide: all of the stage's column.
  return { root, head, body, room: () => Math.floor(root.clientWidth) };
}
