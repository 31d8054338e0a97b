// The pooled output of every channel, small, to compare and to choose one for the stage.

import { fill as colour, range } from "../common/colour.js";
import { html, setText } from "../common/dom.js";
import { fill } from "../common/text.js";
import { isOn } from "../common/looks.js";
import { isAcknowledged } from "../common/unanswered.js";

const LARGEST = 56;

export function createChannels(model, { commit }) {
  const title = html("h2", { class: "label" });
  const list = html("div", { class: "channel-list", "data-testid": "channels" });
  const root = html("section", { class: "channels", hidden: "" }, title, list);
  let painted = "";

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) commit({ channel: [...list.children].indexOf(button) });
  });

  function paint() {
    const { channels, text, outputSize } = model.data;
    root.hidden = channels.length === 0 || isOn("hide");
    // While the box is in the hand only the channel on the stage follows it.
    root.classList.toggle("waiting", Boolean(model.gesture) || !isAcknowledged(model));
    const key = JSON.stringify([channels, outputSize, model.data.channel, model.data.language]);
    if (root.hidden || key === painted) return;
    painted = key;
    setText(title, fill(text["channels.title"], { count: channels.length }));
    while (list.childElementCount > channels.length) list.lastElementChild.remove();
    while (list.childElementCount < channels.length) list.append(createItem());
    // One scale of colours for all: a channel that answers weakly looks weak.
    const span = range(channels.flat().map(Number).filter(Number.isFinite));
    channels.forEach((values, k) => {
      const item = list.children[k];
      item.setAttribute("aria-pressed", `${k === model.data.channel}`);
      item.setAttribute("aria-label", fill(text["channels.one"], { channel: k }));
      setText(item.lastChild, `${k}`);
      draw(item.firstChild, values, outputSize, span);
    });
  }

  return { root, paint };
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
