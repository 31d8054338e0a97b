// A field of one number, which may be negative.

import { html } from "./dom.js";

export function createNumberField(attributes) {
  // On an iPhone the pad of inputmode=decimal has no minus.
  const input = html("input", { type: "text", inputmode: "text", autocomplete: "off", ...attributes });
  // To a browser the sign and the digits are two words: what is typed over one would leave the other.
  input.addEventListener("dblclick", () => input.select());
  return input;
}
