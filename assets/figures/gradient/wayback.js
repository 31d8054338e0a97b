// What the stage shows more on the way back: the gradient's own map, the arrows to it, the tools for
// the gradient that arrives, and what follows for those who train.

import { createArrows } from "./arrows.js";
import { gradientOf, sendBack } from "./backward.js";
import { html, setText } from "../common/dom.js";
import { flyBack } from "../stage/flight.js";
import { createGradientEditor } from "./edit.js";
import { createGradientMap } from "./map.js";
import { isOn } from "../common/looks.js";
import { scene, selectedBox } from "../common/model.js";

export function createWayBack(model, mapArea, output, page, actions) {
  const title = html("h2", { class: "label map-title" });
  const gradientMap = createGradientMap(model, actions);
  const editor = createGradientEditor(model, output, page, actions);
  const lesson = html("div", { class: "lesson" }, html("p"), html("p"));
  mapArea.prepend(title);
  let arrows = null;
  let last = -1;

  function paint(root, cell) {
    const { text } = model.data;
    if (!arrows) {
      arrows = createArrows(model, root, output.grid, gradientMap.map);
      root.append(arrows.root);
    }
    setText(title, text["gradient.map"]);
    ["map", "boxes"].forEach((name, k) => setText(lesson.children[k], text[`gradient.lesson.${name}`]));
    editor.paint();
    gradientMap.paint(cell);
    arrows.paint(sendBack(model).most);
    carry(root);
  }

  // A step to a section, and not one that is only painted again.
  function carry(root) {
    const { section, best } = scene(model);
    const box = selectedBox(model);
    const arrives = model.step === last + 1 && section && best && box && !isOn("hide");
    last = model.step;
    if (!arrives) return;
    const k = section[0] * model.data.outputSize[1] + section[1];
    const value = gradientOf(model, box)[k];
    flyBack(root, gradientMap.map, output.grid.children[k], best, value, model);
  }

  return { root: gradientMap.root, tools: editor.root, lesson, paint };
}
