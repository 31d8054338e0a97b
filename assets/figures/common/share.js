// The link to what is on screen: in the address, so that a reload keeps it, and to copy.

import { addressWith, asked, markBehind, tell } from "./address.js";
import { html, icon, setText } from "./dom.js";
import { isAcknowledged } from "./unanswered.js";

// How long the address waits for the last of several steps: browsers allow few changes a second.
const REST = 300;

// Keeps what `told` says, by name, in the address, or wherever else it is `written`; null is left out of it.
// While the address is behind what is on screen the document is marked.
export function createAddress(told, written = tell) {
  let timer = 0;

  function keep() {
    clearTimeout(timer);
    timer = setTimeout(write, REST);
    markBehind(true);
  }

  function write() {
    written(told());
    markBehind(false);
  }

  function destroy() {
    clearTimeout(timer);
    markBehind(false);
  }

  return { keep, destroy };
}

// What the address says of an exercise. The page as Python found it needs no code, so that its address
// stays short; a reload is a new session to Python, and is to read as before.
export function toldOf(link, step = null) {
  return link ? { preset: null, x: link.start ? null : link.code, at: step, lang: link.language } : { at: step };
}

// The step of the story that the link shows; NaN where it names none.
export function stepInAddress() {
  return Number.parseInt(asked("at") ?? "", 10);
}

// Steps that were left for another page of the app, by the page; a reload forgets them.
const LEFT = Symbol.for("roipool.steps");

export function leaveStep(page, { session, epoch }, step) {
  (window[LEFT] ??= {})[page] = { session, epoch, step };
}

// Where a page was left, unless its exercise has been put back meanwhile; NaN where it was not.
export function leftStep(page, { session, epoch }) {
  const left = window[LEFT]?.[page];
  return left?.session === session && left.epoch === epoch ? left.step : Number.NaN;
}

// The link to what is on screen, at this step.
export function addressOf(code, step) {
  // Whoever opens it reads it in a language of their own, and as they look at things.
  return addressWith({ ...toldOf({ code, start: false, language: null }, step), present: null });
}

export function createShare(model, step) {
  const open = html("button", { type: "button", class: "tool link", "data-testid": "copy-link" }, icon("link"));
  const field = html("input", { class: "link-field", readonly: "", "data-testid": "link" });
  const said = html("p", { role: "status" });
  const panel = html("div", { class: "card link-card", hidden: "" }, said, field);
  let waiting = false;

  open.addEventListener("click", () => {
    show(panel.hidden);
    waiting = !panel.hidden;
    // In the click itself where it can be: browsers ask for one.
    settle();
  });
  for (const element of [open, field]) {
    element.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
    element.addEventListener("blur", ({ relatedTarget }) => {
      if (relatedTarget !== field && relatedTarget !== open) show(false);
    });
  }

  function show(on) {
    waiting &&= on;
    panel.hidden = !on;
    open.setAttribute("aria-expanded", `${on}`);
  }

  // Until Python has answered, the link is to what was on screen before.
  function settle() {
    if (!waiting) return;
    waiting = !isAcknowledged(model);
    if (!waiting) copy();
    else {
      field.hidden = true;
      setText(said, model.data.text[model.late ? "link.away" : "link.wait"]);
    }
  }

  async function copy() {
    const { text, link } = model.data;
    field.hidden = !link.code;
    setText(said, link.problem ?? "");
    if (!link.code) return;
    field.value = addressOf(link.code, step());
    field.focus();
    field.select();
    setText(said, (await toClipboard(field)) ? text["link.copied"] : text["link.select"]);
  }

  function paint() {
    const { text, link } = model.data;
    open.hidden = !link;
    settle();
    const name = text["link.copy"];
    if (open.title === name) return;
    open.title = name;
    open.setAttribute("aria-label", name);
    field.setAttribute("aria-label", text["link.field"]);
  }

  return { open, panel, paint };
}

// Where the page is not served over https browsers have no clipboard of the newer kind.
async function toClipboard(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
