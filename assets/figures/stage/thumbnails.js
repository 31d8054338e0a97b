// Outputs of one size, small and side by side on one scale of colours, to compare and to choose one.

import { fill as colour } from "../common/colour.js";
import { html, setText } from "../common/dom.js";
import { isOn } from "../common/looks.js";
import { isAcknowledged } from "../common/unanswered.js";

const LARGEST = 56;

// `outputs` gives them of a model and `scale` the ends of their colours, `title` what stands above; `label`
// and `caption` name one of them, and `chosen` is the one that is on the stage. A click on one is told to `pick`, the pointer on one to `point`.
export function createThumbnails(model, name, { outputs, scale, title, label, caption, chosen, pick, point = () => {} }) {
  const head = html("h2", { class: "label" });
  const list = html("div", { class: "channel-list", "data-testid": name });
  const root = html("section", { class: "channels", hidden: "" }, head, list);
  let painted = "";

  list.addEventListener("click", (event) => told(event, pick));
  list.addEventListener("pointerover", (event) => told(event, point));
  list.addEventListener("focusin", (event) => told(event, point));
  for (const left of ["pointerleave", "focusout"]) list.addEventListener(left, () => point(null));

  function told({ target }, listener) {
    const button = target.closest("button");
    if (button) listener([...list.children].indexOf(button));
  }

  function paint() {
    const { outputSize, language } = model.data;
    const all = outputs(model);
    root.hidden = all.length === 0 || isOn("hide");
    // While the box is in the hand only what is on the stage follows it.
    root.classList.toggle("waiting", Boolean(model.gesture) || !isAcknowledged(model));
    const names = all.map((_, k) => [label(model, k), caption(model, k)]);
    const span = scale(model, all);
    const key = JSON.stringify([all, span, names, outputSize, chosen(model), title(model), language]);
    if (root.hidden) list.replaceChildren();
    if (root.hidden || key === painted) {
      if (root.hidden) painted = "";
      return;
    }
    painted = key;
    setText(head, title(model));
    while (list.childElementCount > all.length) list.lastElementChild.remove();
    while (list.childElementCount < all.length) list.append(createItem());
    all.forEach((values, k) => {
      const item = list.children[k];
      item.setAttribute("aria-pressed", `${k === chosen(model)}`);
      item.setAttribute("aria-label", names[k][0]);
      setText(item.lastChild, names[k][1]);
      draw(item.firstChild, values, outputSize, span);
    });
  }

  // Where the pointer is on something that belongs to one of them.
  function mark(index) {
    for (const [k, item] of [...list.children].entries()) item.toggleAttribute("data-pointed", k === index);
  }

  return { root, paint, mark };
}

function createItem() {
  return html("button", { type: "button", class: "channel" }, html("canvas", { "aria-hidden": "true" }), html("span", {}));
}

function draw(canvas, values, [high, wide], span) {
  const cell = LARGEST / Math.max(high, wide);
  const ratio = window.devicePixelRatio || 1;
  canvas.width = wide * cell * ratio;
  canvas.height = high * cell * ratio;
  canvas.style.width = `${wide * cell}px`;
  canvas.style.height = `${high * cell}px`;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  values.map(Number).forEach((value, k) => {
    const col = k % wide;
    context.fillStyle = Number.isFinite(value) ? colour(value, span) : "#888";
    context.fillRect(col * cell, ((k - col) / wide) * cell, cell, cell);
  });
}
