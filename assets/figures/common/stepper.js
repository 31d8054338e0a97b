// A number to choose with its two neighbours: of a channel, or of a proposal in their order.

import { html, setText } from "./dom.js";
import { fill, parse } from "./text.js";

export function createStepper(name, { pick }) {
  const label = html("span", { class: "label" });
  const less = html("button", { type: "button", "data-testid": `${name}-less` }, "‹");
  const more = html("button", { type: "button", "data-testid": `${name}-more` }, "›");
  const field = html("input", { type: "text", inputmode: "numeric", autocomplete: "off", "data-testid": name });
  const total = html("span", { class: "total" });
  const root = html("div", { class: "stepper" }, label, less, field, more, total);
  let now = { value: 0, first: 0, count: 1 };

  less.addEventListener("click", () => put(now.value - 1));
  more.addEventListener("click", () => put(now.value + 1));
  field.addEventListener("change", () => {
    const typed = parse(field.value);
    if (Number.isInteger(typed)) put(typed - now.first);
    field.value = `${now.value + now.first}`;
  });

  function put(value) {
    pick(Math.max(0, Math.min(now.count - 1, value)));
  }

  // Counted from `first`, to a total of `count`.
  function paint({ text, of, value, count, first, words }) {
    now = { value, first, count };
    setText(label, text);
    setText(total, fill(of, { count }));
    field.setAttribute("aria-label", text);
    less.setAttribute("aria-label", words[0]);
    more.setAttribute("aria-label", words[1]);
    if (field.getRootNode().activeElement !== field) field.value = `${value + first}`;
    less.disabled = value <= 0;
    more.disabled = value >= count - 1;
    field.disabled = count < 2;
  }

  return { root, paint };
}
