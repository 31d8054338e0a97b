// The images of a batch to choose from, each in the colour that frames it and marks its boxes.

import { batchColour } from "../common/colour.js";
import { html, setText } from "../common/dom.js";
import { fill } from "../common/text.js";

export function createImages(model, { commit }) {
  const title = html("h2", { class: "label" });
  const list = html("div", { class: "image-list", "data-testid": "images" });
  const root = html("section", { class: "images", hidden: "" }, title, list);

  function paint() {
    const { images, text } = model.data;
    root.hidden = images < 2;
    setText(title, text["images.title"]);
    while (list.childElementCount > images) list.lastElementChild.remove();
    while (list.childElementCount < images) list.append(createImage(list.childElementCount));
    [...list.children].forEach((button, k) => {
      button.setAttribute("aria-pressed", `${k === model.image}`);
      button.setAttribute("aria-label", fill(text["images.one"], { image: k }));
    });
  }

  function createImage(k) {
    const button = html("button", { type: "button", class: "image" }, `${k}`);
    button.style.setProperty("--batch", batchColour(k));
    button.addEventListener("click", () => commit({ image: k }));
    return button;
  }

  return { root, paint };
}
