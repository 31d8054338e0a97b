// The page around the figures in the reader's language: what the document says of it, and Streamlit's own words.
//
// Served as one script with all it names, after TOLD: by language the app's name in titles, the code of the
// language and Streamlit's words, and which language is Streamlit's own.

import { keepLooks } from "../figures/common/looks.js";
import { bringAnswers } from "./answer.js";
import { takePlainSigns } from "./fields.js";
import { createWords } from "./words.js";

const SPOKEN = ["aria-label", "title", "placeholder", "alt"];
const WITH_SPOKEN = SPOKEN.map((name) => `[${name}]`).join();
// What people type and what charts write is nobody's to translate.
const ASIDE = "textarea, pre, code, script, style, svg, .js-plotly-plot";

let words = null;

// Python says in which language a page is with its title, and that another page has come.
function titled() {
  keepLooks();
  const language = Object.keys(TOLD.titles).find((one) => document.title.endsWith(TOLD.titles[one]));
  if (!language || (words && document.documentElement.lang === TOLD.codes[language])) return;
  const first = !words;
  document.documentElement.lang = TOLD.codes[language];
  words = createWords(TOLD.said, language);
  watch(language !== TOLD.own);
  if (!first || language !== TOLD.own) translate(document.body);
}

const added = new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    if (type === "childList") addedNodes.forEach(translate);
    else if (type === "characterData") translateText(target);
    else translateSpoken(target);
  }
});

// In Streamlit's own language nothing is left to be done.
function watch(on) {
  added.disconnect();
  if (!on) return;
  added.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SPOKEN });
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) return translateText(node);
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest(".js-plotly-plot")) return undefined;
  if (node.matches(WITH_SPOKEN)) translateSpoken(node);
  node.querySelectorAll(WITH_SPOKEN).forEach(translateSpoken);
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) translateText(texts.currentNode);
  return undefined;
}

function translateText(node) {
  const wanted = words(node.data);
  if (wanted !== null && !node.parentElement?.closest(ASIDE)) node.data = wanted;
}

function translateSpoken(element) {
  for (const name of SPOKEN) {
    const wanted = element.hasAttribute(name) ? words(element.getAttribute(name)) : null;
    if (wanted !== null) element.setAttribute(name, wanted);
  }
}

new MutationObserver(titled).observe(document.head, { subtree: true, childList: true, characterData: true });
titled();
takePlainSigns(document);
bringAnswers(document.body);
