// The figure on paper: as large as a page has room for, and with the link to it beneath.

import { html, setText } from "../common/dom.js";
import { addressOf } from "../common/share.js";

// Colours are read from the page as it is painted, so the host is marked before the browser prints it.
export function createPrint(model, host, step, paint) {
  const link = html("p", { class: "printed-link" });
  let printing = false;

  function turn(on) {
    printing = on;
    host.classList.toggle("printed", on);
    const { code } = model.data?.link ?? {};
    setText(link, on && code ? addressOf(code, step()) : "");
    paint();
  }

  const before = () => turn(true);
  const after = () => turn(false);
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);

  function destroy() {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  }

  return { link, isPrinting: () => printing, destroy };
}
