// Streamlit's fields of numbers take what a Chinese input method writes.

import { plainSigns } from "../figures/common/typed.js";

const FIELDS = "[data-testid='stNumberInput'] input";

// Such a field forgets what is no number to it, so signs are made plain before they arrive there.
export function takePlainSigns(page) {
  page.addEventListener("beforeinput", arriving, { capture: true });
  page.addEventListener("compositionend", composed, { capture: true });
}

function arriving(event) {
  if (event.isComposing || !event.data || !event.target.matches?.(FIELDS)) return;
  const plain = plainSigns(event.data);
  if (plain === event.data) return;
  event.preventDefault();
  write(plain);
}

// What is being composed cannot be held back; what is left of it in the field is replaced.
function composed(event) {
  if (!event.data || !event.target.matches?.(FIELDS)) return;
  const plain = plainSigns(event.data);
  if (plain !== event.data) write(plain);
}

// As if typed, for the field's own listeners and for its Undo.
function write(text) {
  document.execCommand("insertText", false, text);
}
