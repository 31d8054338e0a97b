// What leads from one stage of the diagram to the next, and how long it took.

import { html, setText } from "../common/dom.js";

export function createArrow(name) {
  const words = html("span");
  const time = html("small");
  const root = html("div", { class: `arrow to-${name}` }, html("div", { class: "arrow-words" }, words, time), html("div", { class: "shaft" }));
  return {
    root,
    say(text, took) {
      setText(words, text);
      setText(time, took);
    },
  };
}
