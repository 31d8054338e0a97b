// What a cell of the output shows on the way back: the gradient that arrives there.

import { MOST } from "./arrows.js";
import { gradientOf, passed, placesOf, sendBack } from "./backward.js";
import { pageColour } from "../common/colour.js";
import { diverging } from "../common/diverging.js";
import { selectedBox } from "../common/model.js";
import { pooled } from "../stage/output.js";
import { fill, number } from "../common/text.js";

// `page` is an element on the page's own colour.
export function gradientFace(page) {
  return (model) => {
    const { text } = model.data;
    const box = selectedBox(model);
    if (!box || !passed(model).incoming) return { ...pooled(model), title: text["gradient.forward"] };
    const values = gradientOf(model, box);
    const { hidden } = passed(model);
    const lost = placesOf(model, box).map((place) => place < 0 && !hidden);
    const { most } = sendBack(model);
    const look = diverging(pageColour(page));
    const many = model.boxes.length > 1;
    return {
      title: fill(text[many ? "gradient.output.of_box" : "gradient.output"], { box: model.selected }),
      described: text["gradient.output.described"],
      given: true,
      cell: (_, k) => ({
        exact: values[k],
        text: number(values[k]),
        nowhere: lost[k],
        fill: look.fill(values[k], most),
        ink: look.ink(values[k], most),
      }),
      says: ({ i, j }, k) => fill(text[lost[k] ? "gradient.nowhere" : "gradient.hovered"], { i, j, value: number(values[k]) }),
      rest: text[hintOf(values)],
    };
  };
}

// How a gradient is set, and how its arrows are seen where they are too many.
export function hintOf(values) {
  return values.length > MOST ? "gradient.hint.many" : "gradient.hint";
}
