// The brush: its button and the field of its value, and all that puts it away.
//
// It says in words that it is taken up, in the caption's place; whoever turns to something else, presents,
// hides the answer or plays, has not got it in the hand any more when they come back.

import { isGuest } from "../common/address.js";
import { html, setText, toggle } from "../common/dom.js";
import { isOn, watchLooks } from "../common/looks.js";
import { createNumberField } from "../common/numberfield.js";
import { fill, parse } from "../common/text.js";
import { byTouch } from "../common/touch.js";
import { button, name } from "../common/transport.js";

export function createBrush(model, root, { render, focusStage }) {
  const tool = button("brush", () => take(model.brush === null));
  const value = createNumberField({ class: "brush-value", "data-testid": "brush-value" });
  const label = html("span", { class: "label" });
  const field = html("label", { class: "brush-field", hidden: "" }, label, value);
  // Of another's page only the figure is heard.
  const place = isGuest() ? root : window;
  // What was painted last is what the brush holds when it is taken up again.
  let painted = null;
  let played = false;

  value.addEventListener("input", typed);
  place.addEventListener("keydown", pressed, true);
  const ignore = watchLooks(putAway);

  function take(on) {
    if (!on) return putAway();
    model.playing = false;
    // The largest value of the map may be what is asked for.
    model.brush = painted ?? (isOn("hide") ? 1 : model.range.high);
    value.value = `${model.brush}`;
    field.hidden = false;
    render();
    return value.select();
  }

  // That of the gradient too.
  function putAway() {
    if (!isTaken(model)) return;
    // A field that goes takes the focus with it.
    if (value.matches(":focus")) focusStage();
    model.brush = null;
    model.paint = null;
    render();
  }

  // An edit, a list or a link that is open is left first.
  function pressed(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    if (!model.editing && !model.typing) putAway();
  }

  function typed() {
    const wanted = parse(value.value);
    toggle(value, "aria-invalid", wanted === null);
    if (wanted === null) return;
    model.brush = painted = wanted;
    render();
  }

  function paint() {
    const { text } = model.data;
    if (model.playing && !played) putAway();
    played = model.playing;
    name(tool, text.brush);
    setText(label, text["brush.label"]);
    value.setAttribute("aria-label", text["brush.value"]);
    tool.setAttribute("aria-pressed", `${model.brush !== null}`);
    field.hidden = model.brush === null;
    if (!field.hidden) return;
    value.value = "";
    toggle(value, "aria-invalid", false);
  }

  function destroy() {
    place.removeEventListener("keydown", pressed, true);
    ignore();
  }

  return { parts: [field, tool], paint, putAway, destroy };
}

function isTaken({ brush, paint }) {
  return brush !== null || paint !== null;
}

// What the brush does and how it is put away, as long as it is taken up; empty where it isn't.
export function brushWords({ brush, data }) {
  if (brush === null) return "";
  return fill(data.text[byTouch() ? "brush.on.touch" : "brush.on"], { value: brush });
}
