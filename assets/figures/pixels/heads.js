// What stands above the views and above their curves: what is chosen there, and what the lines mean.

import { html, setText } from "../common/dom.js";
import { createLookTools } from "../common/looktools.js";
import { key } from "../common/strip.js";
import { fill, number, tenths } from "../common/text.js";
import { isAcknowledged } from "../common/unanswered.js";

// % of the map over the photograph: at first, and from which on its cells have their numbers.
const START = 50;
const NUMBERED = 65;
// One rounding at a time first.
const STEPS = ["first", "second", "both"];

export function createPoolHead(model, { render }) {
  const title = html("h2", { class: "view-title" }, "RoIPool");
  const buttons = STEPS.map((step) => html("button", { type: "button", "data-testid": `step-${step}` }));
  const steps = html("div", { class: "steps", role: "group" }, ...buttons);
  const root = html("header", { class: "view-head" }, title, steps);
  buttons.forEach((button, k) => {
    button.addEventListener("click", () => {
      model.step = STEPS[k];
      render();
    });
  });

  function paint() {
    const { text } = model.data;
    steps.setAttribute("aria-label", text["pixels.steps"]);
    buttons.forEach((button, k) => {
      setText(button, text[`pixels.step.${STEPS[k]}`]);
      button.setAttribute("aria-pressed", `${model.step === STEPS[k]}`);
    });
  }

  return { root, paint };
}

export function createAlignHead(model, { commit }) {
  const title = html("h2", { class: "view-title" }, "RoIAlign");
  const aligned = html("input", { type: "checkbox", "data-testid": "aligned" });
  const half = html("label", {}, aligned, html("span"));
  const ratio = html("select", { "data-testid": "ratio" });
  const samples = html("label", {}, html("span"), ratio);
  const root = html("header", { class: "view-head" }, title, half, samples);
  // Both are shown when Python has answered.
  aligned.addEventListener("change", () => commit({ aligned: aligned.checked }));
  ratio.addEventListener("change", () => commit({ ratio: Number(ratio.value) }));
  let language = "";

  function paint() {
    const { text, ratios } = model.data;
    if (language !== model.data.language) {
      language = model.data.language;
      setText(half.lastChild, text["pixels.aligned"]);
      half.title = text["pixels.aligned.help"];
      setText(samples.firstChild, text["pixels.ratio"]);
      samples.title = text["pixels.ratio.help"];
      ratio.replaceChildren(
        ...ratios.map((one) => html("option", { value: one }, one ? fill(text["pixels.ratio.some"], { count: one }) : text["pixels.ratio.adaptive"])),
      );
    }
    if (isAcknowledged(model)) {
      aligned.checked = model.data.aligned;
      ratio.value = `${model.data.ratio}`;
    }
  }

  return { root, paint };
}

// How much of the map covers the photograph that it is over: the same in both views; and how both are
// looked at.
export function createCover(host) {
  const slider = html("input", { type: "range", min: 0, max: 100, step: 1, class: "scrub", "data-testid": "cover" });
  const label = html("span");
  const cover = html("label", { class: "cover" }, label, slider);
  const looks = createLookTools();
  const root = html("div", { class: "over-views" }, cover, html("div", { class: "tools" }, ...looks.buttons));
  slider.value = `${START}`;
  slider.addEventListener("input", show);
  show();

  function show() {
    host.style.setProperty("--cover", `${slider.value / 100}`);
    slider.style.setProperty("--done", `${slider.value}%`);
    // Over the photograph numbers would only be noise.
    host.classList.toggle("bare", slider.value < NUMBERED);
  }

  function paint({ text }) {
    setText(label, text["pixels.cover"]);
    cover.title = text["pixels.cover.help"];
    looks.paint(text);
  }

  return { root, paint };
}

// Lost and taken in, now: the key of the hatching above and of the lines below.
export function createShares() {
  const parts = ["lost", "taken"].map((name) => html("span", { class: "key-value", "data-testid": `${name}-share` }, key(name), html("span")));
  const root = html("p", { class: "keys-line" }, ...parts);

  function paint({ data, view }, here) {
    ["lost", "taken"].forEach((name, k) => {
      const values = { share: tenths(here[name]), area: tenths(view[name]) };
      setText(parts[k].lastChild, fill(data.text[`pixels.${name}`], values));
      parts[k].dataset.value = view[name];
    });
  }

  return { root, paint };
}

// The first value of both outputs, now.
export function createValueKeys() {
  const parts = ["pooled", "averaged"].map((name) => html("span", { class: "key-value" }, key(name), html("span")));
  const title = html("span", { class: "key-title" });
  const root = html("p", { class: "keys-line" }, title, ...parts);

  function paint({ data }, here) {
    setText(title, data.text["pixels.first_value"]);
    ["RoIPool", "RoIAlign"].forEach((name, k) => {
      const value = here[k === 0 ? "pooled" : "averaged"];
      setText(parts[k].lastChild, Number.isFinite(value) ? `${name} ${number(value)}` : name);
    });
  }

  return { root, paint };
}
