// The list of lessons: what one will be able to do, how long it takes, how far one is.

import { html } from "../common/dom.js";

export function createListing(lessons, say, { open, progress }) {
  const root = html("ol", { class: "listing", "data-testid": "listing" });

  function paint() {
    root.replaceChildren(...lessons.map(item));
  }

  function item({ number, name, minutes }, k) {
    const title = html("button", { type: "button", "data-testid": `open-${number}` }, html("b", {}, `${number} `), say(`lessons.${name}.title`));
    title.addEventListener("click", () => open(k));
    const able = html("span", {}, say(`lessons.${name}.able`));
    const far = progress.said(k) || say("lessons.minutes", { count: minutes });
    return html("li", {}, title, able, html("span", { class: "far" }, far));
  }

  return { root, paint };
}
