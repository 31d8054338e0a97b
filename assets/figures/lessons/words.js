// What is said beside the map: the question, how to answer it, and what became of the answer.

import { html, setText } from "../common/dom.js";
import { isOn } from "../common/looks.js";
import { createLookTools } from "../common/looktools.js";
import { fill } from "../common/text.js";
import { hintIcon, mark } from "./signs.js";

// Of more steps than these the number says enough.
const MOST_DOTS = 12;
const ICONS = { cut: "drag", box: "drag", pick: "tap", back: "tap", which: "tap", value: "type" };

export function createWords(model, ids) {
  const dots = html("span", { class: "dots", "aria-hidden": "true" });
  const step = html("span", { class: "step" });
  const back = html("button", { type: "button", class: "step-back", "data-testid": "back" }, "←");
  const title = html("h2", { class: "title", id: ids.title });
  const looks = createLookTools();
  const tools = html("div", { class: "tools" }, ...looks.buttons);
  const progress = html("div", { class: "progress" }, back, step, dots, tools, title);
  const sentence = html("p", { class: "sentence", id: ids.sentence, "data-testid": "sentence" });
  const rule = html("p", { class: "rule" });
  const hint = html("p", { class: "hint", id: ids.hint, "data-testid": "hint" });
  const said = html("div", { class: "verdict", role: "status", id: ids.verdict, "data-testid": "verdict" });
  const root = html("header", { class: "ask" }, progress, sentence, rule, hint);
  let told = "";

  function paint() {
    const { data } = model;
    const { question, number, count, text } = data;
    step.hidden = number === 0;
    setText(step, fill(text.step, { number, count }));
    back.hidden = !data.back;
    back.setAttribute("aria-label", text.back);
    back.title = text.back;
    dots.hidden = number === 0 || count > MOST_DOTS;
    if (dots.children.length !== count) dots.replaceChildren(...Array.from({ length: count }, () => html("i")));
    [...dots.children].forEach((dot, k) => dot.classList.toggle("done", k + 1 < number));
    [...dots.children].forEach((dot, k) => dot.classList.toggle("now", k + 1 === number));
    setText(title, question.title);
    // "x1 = 3" is not broken over two lines.
    setText(sentence, question.sentence.replaceAll(" = ", "\u00a0=\u00a0"));
    setText(rule, question.rule ?? "");
    rule.hidden = !question.rule;
    hint.hidden = data.verdict !== null;
    looks.paint(data.looks);
    paintHint(data);
    paintVerdict(data);
  }

  function paintHint({ kind, fields, text }) {
    const form = kind === "value" && fields ? "fields" : kind;
    const said = text[`hint.${form}`];
    if (hint.dataset.kind === kind && hint.lastChild?.textContent === said) return;
    hint.dataset.kind = kind;
    hint.replaceChildren(hintIcon(ICONS[kind]), html("span", {}, said));
  }

  // Of a first answer that was wrong everything is said but the right one.
  function paintVerdict({ verdict, tried, text }) {
    const judged = verdict ?? (tried && { ...tried, right: false, sentences: [...tried.sentences, text.again] });
    const hidden = judged !== null && isOn("hide");
    const kind = judged === null ? "" : hidden ? "hidden" : judged.given === null ? "shown" : judged.right ? "yes" : "no";
    const sentences = judged === null || hidden ? [] : judged.sentences;
    const key = JSON.stringify([kind, sentences, text.right]);
    if (key === told) return;
    told = key;
    said.className = `verdict ${kind}`;
    if (!kind) return said.replaceChildren();
    const word = { yes: text.right, no: text.wrong, shown: text.shown, hidden: text.hidden }[kind];
    const head = html("p", { class: "verdict-word" }, ...(kind === "yes" || kind === "no" ? [mark(kind)] : []), html("b", {}, word));
    return said.replaceChildren(head, ...sentences.map((sentence) => html("p", {}, sentence)));
  }

  return { root, verdict: said, back, paint };
}
