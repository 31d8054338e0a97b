// The languages of a file, each by its own name.

import { html } from "../common/dom.js";

export function createLanguages({ languages, codes }, speak) {
  const buttons = Object.entries(languages).map(([code, name]) => {
    const button = html("button", { type: "button", class: "control", lang: codes[code], "data-language": code }, name);
    button.addEventListener("click", () => speak(code));
    return button;
  });
  const root = html("div", { class: "languages", role: "group" }, ...buttons);
  const paint = (now) => buttons.forEach((button) => button.setAttribute("aria-pressed", `${button.dataset.language === now}`));
  return { root, paint };
}

// The language of the browser, if the file has it; else the one that it was made in.
export function spoken(languages) {
  const wanted = navigator.languages.map((tag) => tag.split("-")[0].toLowerCase());
  return wanted.find((code) => code in languages) ?? Object.keys(languages)[0];
}
