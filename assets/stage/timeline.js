// Play, step, scrub, speed, the brush and the list of keys.

import { html, icon, setIcon, toggle } from "./dom.js";
import { scene } from "./model.js";
import { createShare } from "./share.js";
import { parse } from "./text.js";

const SPEEDS = [0.5, 1, 2, 4];

export function createTimeline(model, player, render, step) {
  const play = button("play", () => player.toggle());
  const prev = button("prev", () => player.prev());
  const next = button("next", () => player.next());
  const scrub = html("input", { type: "range", min: 0, step: 1, class: "scrub", "data-testid": "scrub" });
  const ticks = html("div", { class: "ticks", "aria-hidden": "true" });
  const speed = html("select", { class: "speed", "data-testid": "speed" });
  speed.append(...SPEEDS.map((factor) => html("option", { value: factor }, `${factor}×`)));
  speed.value = "1";
  const brush = button("brush", () => takeBrush(model.brush === null));
  const value = html("input", { class: "brush-value", inputmode: "decimal", "data-testid": "brush-value" });
  const help = html("button", { type: "button", class: "tool", "data-testid": "help" }, "?");
  const keys = html("div", { class: "card keys", role: "note", hidden: "" });
  const share = createShare(model, step);
  const root = html(
    "div",
    { class: "timeline" },
    html("div", { class: "buttons" }, prev, play, next),
    html("div", { class: "track" }, scrub, ticks),
    speed,
    html("div", { class: "tools" }, value, brush, share.open, help),
    keys,
    share.panel,
  );
  let marked = "";

  scrub.addEventListener("input", () => player.seek(Number(scrub.value)));
  speed.addEventListener("change", () => player.setSpeed(Number(speed.value)));
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
    const { data, step, playing } = model;
    const { text } = data;
    const last = data.scenes.length - 1;
    setIcon(play, playing ? "pause" : "play");
    name(play, text[playing ? "pause" : "play"]);
    name(prev, text.prev);
    name(next, text.next);
    name(brush, text.brush);
    name(help, text.help);
    play.disabled = last === 0;
    prev.disabled = step === 0;
    next.disabled = step >= last;
    scrub.disabled = last === 0;
    scrub.max = `${last}`;
    scrub.value = `${step}`;
    scrub.style.setProperty("--done", `${last ? (100 * step) / last : 0}%`);
    scrub.setAttribute("aria-label", text.scrub);
    scrub.setAttribute("aria-valuetext", scene(model).caption);
    speed.setAttribute("aria-label", text.speed);
    value.setAttribute("aria-label", text["brush.value"]);
    share.paint();
    value.hidden = model.brush === null;
    brush.setAttribute("aria-pressed", `${model.brush !== null}`);
    paintTicks(data.scenes, text);
    if (keys.dataset.language !== data.language) paintKeys(text);
  }

  // Where each kind of scene begins.
  function paintTicks(scenes, text) {
    const starts = scenes.flatMap(({ kind }, i) => (kind === scenes[i - 1]?.kind ? [] : [i]));
    const key = `${starts.join()},${scenes.length},${model.data.language}`;
    if (key === marked) return;
    marked = key;
    ticks.replaceChildren(
      ...starts.map((start) => {
        const tick = html("span", { title: text[`kind.${scenes[start].kind}`] });
        tick.style.setProperty("--at", `${start / Math.max(1, scenes.length - 1)}`);
        return tick;
      }),
    );
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

function button(name, clicked) {
  const made = html("button", { type: "button", class: `tool ${name}`, "data-testid": name }, icon(name));
  made.dataset.icon = name;
  made.addEventListener("click", clicked);
  return made;
}

function name(control, text) {
  if (control.getAttribute("aria-label") === text) return;
  control.setAttribute("aria-label", text);
  control.title = text;
}
