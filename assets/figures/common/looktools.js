// The buttons of how a figure is looked at: with its answer hidden, and presented to a room.

import { isGuest } from "./address.js";
import { setIcon } from "./dom.js";
import { isOn, put } from "./looks.js";
import { button, name } from "./transport.js";

// What each of them does, and what it is called and drawn as while it is on.
const TOOLS = {
  hide: { leave: "reveal", icon: "shown" },
  present: { leave: "present.leave", icon: "remove" },
};

// None where the page is another's.
export function createLookTools(names = isGuest() ? [] : Object.keys(TOOLS)) {
  const buttons = names.map((look) => button(look, () => put(look, !isOn(look))));

  function paint(text) {
    names.forEach((look, k) => {
      const { leave, icon } = TOOLS[look];
      const on = isOn(look);
      name(buttons[k], text[on ? leave : look]);
      setIcon(buttons[k], on ? icon : look);
      // Whoever hears the page is told so of the presentation by its button's other name.
      if (look === "hide") buttons[k].setAttribute("aria-pressed", `${on}`);
    });
  }

  return { buttons, names, paint };
}
