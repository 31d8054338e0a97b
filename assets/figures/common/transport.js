// Play, step, scrub and speed, for every figure that tells a story in steps.

import { html, icon, setIcon } from "./dom.js";

const SPEEDS = [0.25, 0.5, 1, 2, 4];

// `spoken` says a step in words, `labels` are the texts of the kinds of steps.
export function createTransport(model, player, { text, spoken, labels }) {
  const play = button("play", () => player.toggle());
  const prev = button("prev", () => player.prev());
  const next = button("next", () => player.next());
  // One cell more of a scan, where the stop is many of them away.
  const look = button("look", () => player.look());
  const scrub = html("input", { type: "range", min: 0, step: 1, class: "scrub", "data-testid": "scrub" });
  const ticks = html("div", { class: "ticks", "aria-hidden": "true" });
  const speed = html("select", { class: "speed", "data-testid": "speed" });
  speed.append(...SPEEDS.map((factor) => html("option", { value: factor }, `${factor}×`)));
  speed.value = "1";
  const buttons = html("div", { class: "buttons" }, prev, play, next, look);
  const track = html("div", { class: "track" }, scrub, ticks);
  let marked = "";

  scrub.addEventListener("input", () => player.seek(Number(scrub.value)));
  speed.addEventListener("change", () => player.setSpeed(Number(speed.value)));

  function paint() {
    const { data, step, playing } = model;
    const said = text();
    const last = data.scenes.length - 1;
    setIcon(play, playing ? "pause" : "play");
    name(play, said[playing ? "pause" : "play"]);
    name(prev, said.prev);
    name(next, said.next);
    if (said.look) name(look, said.look);
    look.hidden = !said.look || data.scenes.every(({ stop }) => stop);
    look.disabled = step >= last || data.scenes[step + 1].stop;
    play.disabled = last === 0;
    prev.disabled = step === 0;
    next.disabled = step >= last;
    scrub.disabled = last === 0;
    scrub.max = `${last}`;
    scrub.value = `${step}`;
    scrub.style.setProperty("--done", `${last ? (100 * step) / last : 0}%`);
    scrub.setAttribute("aria-label", said.scrub);
    scrub.setAttribute("aria-valuetext", spoken());
    speed.setAttribute("aria-label", said.speed);
    paintTicks(data.scenes);
  }

  // Where the step buttons come to rest; what begins a kind of scenes stands out.
  function paintTicks(scenes) {
    const starts = scenes.flatMap(({ stop }, i) => (stop ? [i] : []));
    const key = `${starts.join()},${scenes.length},${model.data.language}`;
    if (key === marked) return;
    marked = key;
    ticks.replaceChildren(
      ...starts.map((start) => {
        const tick = html("span", { title: labels(scenes[start].kind), class: isFirst(scenes, start) ? "first" : "" });
        tick.style.setProperty("--at", `${start / Math.max(1, scenes.length - 1)}`);
        return tick;
      }),
    );
  }

  return { buttons, track, speed, paint };
}

function isFirst(scenes, step) {
  return scenes.findIndex(({ kind, stop }) => stop && kind === scenes[step].kind) === step;
}

export function button(name, clicked) {
  const made = html("button", { type: "button", class: `tool ${name}`, "data-testid": name }, icon(name));
  made.dataset.icon = name;
  made.addEventListener("click", clicked);
  return made;
}

export function name(control, text) {
  if (control.getAttribute("aria-label") === text) return;
  control.setAttribute("aria-label", text);
  control.title = text;
}
