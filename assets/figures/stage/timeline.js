// Under the stage: play, step, scrub, speed, the brush, the link and the list of keys.

import { html, icon } from "../common/dom.js";
import { rem } from "../common/geometry.js";
import { watchKeys } from "../common/looks.js";
import { createLookTools } from "../common/looktools.js";
import { told, waits } from "../common/model.js";
import { createShare } from "../common/share.js";
import { byTouch } from "../common/touch.js";
import { createTransport, name } from "../common/transport.js";

// px that a card has at least, and rem that it leaves free above itself, for the top bar.
const LEAST_CARD = 160;
const OVER_CARD = 4;

export function createTimeline(model, player, brush, step) {
  const transport = createTransport(model, player, {
    text: () => model.data.text,
    spoken: () => told(model),
    labels: (kind) => model.data.text[`kind.${kind}`],
  });
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
    html("div", { class: "tools" }, ...brush.parts, ...looks.buttons, share.open, help),
    keys,
    share.panel,
  );

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

  function paint() {
    const { text } = model.data;
    transport.paint();
    root.classList.toggle("beckoning", waits(model));
    brush.paint();
    name(help, text.help);
    looks.paint(text);
    share.paint();
    if (keys.dataset.language !== model.data.language) paintKeys(text);
    fit();
  }

  function paintKeys(text) {
    keys.dataset.language = model.data.language;
    keys.replaceChildren();
    const touch = byTouch();
    const nameOf = (i) => (touch ? `touch.${i}` : `keys.${i}`);
    for (let i = 0; nameOf(i) in text; i += 1) {
      keys.append(html("kbd", {}, text[nameOf(i)]), html("span", {}, text[`${nameOf(i)}.does`]));
    }
    // A finger rests on nothing that would say what a sign is for.
    for (const sign of touch ? signs() : []) {
      keys.append(html("kbd", {}, icon(sign)), html("span", {}, text[`touch.${sign}`]));
    }
  }

  // Of the buttons that are there, as they are drawn.
  function signs() {
    return ["brush", ...looks.names, ...(model.data.link ? ["link"] : [])];
  }

  function destroy() {
    ignore();
    window.removeEventListener("pointerdown", pressed, true);
  }

  return { root, paint, showKeys, destroy };
}
