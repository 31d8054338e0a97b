// Keys of a page on which nothing has the focus: there they are its figure's, unless the page is another's.

import { isGuest } from "./address.js";

// Tells `pressed` of each; it says whether it was meant. Returns how to end that.
export function watchPage(pressed) {
  if (isGuest()) return () => {};
  const heard = (event) => {
    if (event.composedPath()[0] === document.body && pressed(event)) event.preventDefault();
  };
  window.addEventListener("keydown", heard);
  return () => window.removeEventListener("keydown", heard);
}
