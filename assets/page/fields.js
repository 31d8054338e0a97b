// Streamlit's fields of numbers take what a Chinese input method writes.

import { plainSigns } from "../figures/common/typed.js";

const FIELDS = "[data-testid='stNumberInput'] input";

// Such a field drops what is no part of a number to the browser, so signs are made plain as they arrive.
// What is being composed cannot be held back: if it has come to another number than was meant, the whole
// is written anew when it is done.
export function takePlainSigns(page) {
  let before = "";
  const listen = (name, heard) => page.addEventListener(name, (event) => event.target.matches?.(FIELDS) && heard(event), { capture: true });

  listen("beforeinput", (event) => {
    const plain = event.isComposing || !event.data ? event.data : plainNumber(event.data);
    if (plain === event.data) return;
    event.preventDefault();
    write(plain);
  });
  // A field of numbers tells nothing of its caret: what is composed comes last, or instead of what is selected.
  listen("compositionstart", ({ target }) => (before = getSelection().toString() === target.value ? "" : target.value));
  listen("compositionend", ({ target, data }) => {
    const meant = plainNumber(before + data);
    if (!data || meant === before + data || meant === target.value) return;
    target.select();
    write(meant);
  });
}

// In a field that holds one number every full stop is its point.
function plainNumber(text) {
  return plainSigns(text).replaceAll("\u3002", ".");
}

// As if typed, for the field's own listeners and for its Undo.
function write(text) {
  document.execCommand("insertText", false, text);
}
