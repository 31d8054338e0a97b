// Beside the figure: the steps of the story with the explanation of the one that is shown, and what
// should be said of the boxes as they stand.

import { html, setText } from "../common/dom.js";
import { isOn } from "../common/looks.js";
import { scene } from "../common/model.js";

export function createStory(model, player) {
  const list = html("ol", { class: "story" });
  let told = "";

  function paint() {
    const { story, scenes, onward } = model.data;
    const key = JSON.stringify([story, scenes.length, onward]);
    if (key !== told) {
      told = key;
      list.replaceChildren(...story.map((chapter) => item(chapter)));
      if (onward) list.lastChild.append(wayOn(onward));
    }
    const { kind } = scene(model);
    for (const entry of list.children) {
      const now = entry.dataset.kind === kind;
      entry.classList.toggle("now", now);
      entry.firstChild.setAttribute("aria-current", now ? "step" : "false");
    }
  }

  function item({ kind, title, body }) {
    const head = html("button", { type: "button" }, title);
    head.addEventListener("click", () => {
      const { scenes } = model.data;
      const first = scenes.findIndex((other) => other.kind === kind && other.stop);
      if (first >= 0) player.seek(first);
    });
    return html("li", { "data-kind": kind }, head, html("p", {}, body));
  }

  // From its end the story goes on, on another page.
  function wayOn(words) {
    const link = html("button", { type: "button", class: "onward", "data-testid": "onward" }, words);
    link.addEventListener("click", () => model.leave());
    return html("p", {}, link);
  }

  return { root: list, paint };
}

export function createNotices(model) {
  const root = html("ul", { class: "notices", "data-testid": "notices" });
  let said = "";

  function paint() {
    const { text, boxes } = model.data;
    // What is said of a box's sections is part of the answer.
    const notices = model.data.notices.filter(({ box }) => box === null || !isOn("hide"));
    const several = boxes.length > 1;
    const key = JSON.stringify([notices, several, model.data.language]);
    if (key === said) return;
    said = key;
    root.replaceChildren(
      ...notices.map(({ box, text: sentence }) => {
        const line = html("li", { "data-box": box ?? "" });
        if (several && box !== null) line.append(html("b", {}, text.box.replace("{box}", box)), " ");
        const words = html("span", {});
        setText(words, sentence);
        line.append(words);
        return line;
      }),
    );
  }

  return { root, paint };
}
