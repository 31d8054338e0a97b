// Under the stage: play, step, scrub, speed, the brush, the link and the list of keys.

import { html, toggle } from "../common/dom.js";
import { rem } from "../common/geometry.js";
import { isOn, watchKeys } from "../common/looks.js";
import { createLookTools } from "../common/looktools.js";
import { told, waits } from "../common/model.js";
import { createShare } from "../common/share.js";
import { parse } from "../common/text.js";
import { NUMERIC } from "../common/typed.js";
import { button, createTransport, name } from "../common/transport.js";

// px that a card has at least, and rem that it leaves free above itself, for the top bar.
const LEAST_CARD = 160;
const OVER_CARD = 4;

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

  // What was painted last is what the brush holds when it is taken up again.
  let painted = null;

  value.addEventListener("input", () => typed());
  help.addEventListener("click", () => showKeys());
  help.addEventListener("blur", () => showKeys(false));
  // Wherever the focus is.
  const ignore = watchKeys((on) => {
    const open = !keys.hidden;
    showKeys(on && !open);
    return on || open;
  });
  window.addEventListener("pointerdown", pressed, true);

  function pressed(event) {
    if (!event.composedPath().some((one) => one === keys || one === help)) showKeys(false);
  }

  // No higher than there is room for over it.
  function fit() {
    if (!keys.hidden) keys.style.maxHeight = `${Math.max(LEAST_CARD, root.getBoundingClientRect().top - rem(OVER_CARD))}px`;
  }

  function showKeys(on = keys.hidden) {
    keys.hidden = !on;
    fit();
    help.setAttribute("aria-expanded", `${on}`);
  }

  function takeBrush(on) {
    // The largest value of the map may be what is asked for.
    if (on) model.brush = painted ?? (isOn("hide") ? 1 : model.range.high);
    else model.brush = null;
    value.value = on ? `${model.brush}` : "";
    render();
    if (on) value.select();
  }

  function typed() {
    const wanted = parse(value.value);
    toggle(value, "aria-invalid", wanted === null);
    if (wanted !== null) model.brush = painted = wanted;
  }

  function paint() {
    const { text } = model.data;
    transport.paint();
    root.classList.toggle("beckoning", waits(model));
    name(brush, text.brush);
    name(help, text.help);
    looks.paint(text);
    value.setAttribute("aria-label", text["brush.value"]);
    share.paint();
    value.hidden = model.brush === null;
    if (value.hidden) value.value = "";
    brush.setAttribute("aria-pressed", `${model.brush !== null}`);
    if (keys.dataset.language !== model.data.language) paintKeys(text);
    fit();
  }

  function paintKeys(text) {
    keys.dataset.language = model.data.language;
    keys.replaceChildren();
    // Whoever has fingers alone has no use for keys.
    const touch = window.matchMedia("(hover: none) and (pointer: coarse)").matches;
    const nameOf = (i) => (touch ? `touch.${i}` : `keys.${i}`);
    for (let i = 0; nameOf(i) in text; i += 1) {
      keys.append(html("kbd", {}, text[nameOf(i)]), html("span", {}, text[`${nameOf(i)}.does`]));
    }
  }

  function destroy() {
    ignore();
    window.removeEventListener("pointerdown", pressed, true);
  }

  return { root, paint, showKeys, destroy };
}
