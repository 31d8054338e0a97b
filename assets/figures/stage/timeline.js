// Under the stage: play, step, scrub, speed, the brush, the link and the list of keys.

import { html, toggle } from "../common/dom.js";
import { createLookTools } from "../common/looktools.js";
import { told } from "../common/model.js";
import { createShare } from "../common/share.js";
import { parse } from "../common/text.js";
import { NUMERIC } from "../common/typed.js";
import { button, createTransport, name } from "../common/transport.js";

export function createTimeline(model, player, render, step) {
  const transport = createTransport(model, player, {
    text: () => model.data.text,
    spoken: () => told(model),
    labels: (kind) => model.data.text[`kind.${kind}`],
  });
  const brush = button("brush", () => takeBrush(model.brush === null));
  const value = html("input", { class: "brush-value", ...NUMERIC, "data-testid": "brush-value" });
  const looks = createLookTools();
  const help = html("button", { type: "button", class: "tool", "data-testid": "help" }, "?");
  const keys = html("div", { class: "card keys", role: "note", hidden: "" });
  const share = createShare(model, step);
  const root = html(
    "div",
    { class: "timeline" },
    transport.buttons,
    transport.track,
    transport.speed,
    html("div", { class: "tools" }, value, brush, ...looks.buttons, share.open, help),
    keys,
    share.panel,
  );

  value.addEventListener("input", () => typed());
  help.addEventListener("click", () => showKeys());
  help.addEventListener("blur", () => showKeys(false));
  help.addEventListener("keydown", (event) => event.key === "Escape" && showKeys(false));

  function showKeys(on = keys.hidden) {
    keys.hidden = !on;
    help.setAttribute("aria-expanded", `${on}`);
  }

  function takeBrush(on) {
    model.brush = on ? (parse(value.value) ?? model.range.high) : null;
    if (on) value.value = `${model.brush}`;
    render();
    if (on) value.select();
  }

  function typed() {
    const wanted = parse(value.value);
    toggle(value, "aria-invalid", wanted === null);
    if (wanted !== null) model.brush = wanted;
  }

  function paint() {
    const { text } = model.data;
    transport.paint();
    name(brush, text.brush);
    name(help, text.help);
    looks.paint(text);
    value.setAttribute("aria-label", text["brush.value"]);
    share.paint();
    value.hidden = model.brush === null;
    brush.setAttribute("aria-pressed", `${model.brush !== null}`);
    if (keys.dataset.language !== model.data.language) paintKeys(text);
  }

  function paintKeys(text) {
    keys.dataset.language = model.data.language;
    keys.replaceChildren();
    for (let i = 0; `keys.${i}` in text; i += 1) {
      keys.append(html("kbd", {}, text[`keys.${i}`]), html("span", {}, text[`keys.${i}.does`]));
    }
  }

  return { root, paint, showKeys };
}
