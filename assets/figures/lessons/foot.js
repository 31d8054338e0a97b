// The buttons under an answer: check it, or be shown; and after the verdict what comes next.

import { html, setText } from "../common/dom.js";
import { isOn, put } from "../common/looks.js";
import { beginning, isComplete, isOpen } from "./model.js";

// What is chosen with one press needs no way back to nothing.
const CLEARED = ["cut", "value", "box", "back"];
const NAMES = ["check", "unhide", "next", "another", "clear", "reveal"];

export function createFoot(model, ids, { check, say, clear }) {
  const buttons = Object.fromEntries(
    NAMES.map((name) => [name, html("button", { type: "button", class: `button ${name}`, "data-testid": name })]),
  );
  const root = html("div", { class: "foot" }, ...Object.values(buttons));
  const acts = { check, clear, unhide: () => put("hide", false), reveal: () => say("reveal"), next: () => say("next"), another: () => say("another") };
  for (const name of NAMES) buttons[name].addEventListener("click", () => acts[name]());
  // A key that is still held down from the answer is not yet a wish to go on.
  root.addEventListener("keydown", (event) => event.repeat && (event.key === "Enter" || event.key === " ") && event.preventDefault());
  buttons.next.setAttribute("aria-describedby", ids.verdict);
  buttons.another.setAttribute("aria-describedby", ids.verdict);
  buttons.another.setAttribute("aria-keyshortcuts", "n");
  buttons.another.title = "N";
  buttons.check.setAttribute("aria-describedby", ids.hint);

  function paint() {
    const { data } = model;
    const { text } = data;
    const open = isOpen(model);
    const tried = data.tried !== null;
    const hidden = (tried || !open) && isOn("hide");
    const changed = CLEARED.includes(data.kind) && model.touched && JSON.stringify(model.draft) !== JSON.stringify(beginning(data));
    const shown = { check: open, reveal: open && data.reveals, clear: open && changed, unhide: hidden, next: (tried || !open) && data.next, another: data.another && (open && !tried ? isOn("present") : !hidden) };
    for (const name of NAMES) {
      buttons[name].hidden = !shown[name];
      setText(buttons[name], text[name]);
    }
    buttons.next.classList.toggle("quiet", open);
    if (tried) setText(buttons.check, text["check.again"]);
    // An answer too, and none that anybody gives by pressing the large button.
    const none = open && data.kind === "back" && model.draft.length === 0;
    buttons.check.classList.toggle("quiet", none);
    if (none) setText(buttons.check, text["check.none"]);
    // It can be reached and says what is missing, so it is not taken from the keyboard.
    buttons.check.setAttribute("aria-disabled", `${!isComplete(model)}`);
  }

  return { root, next: buttons.next, paint };
}
