// Answers to choose among: each is an output, or a cut on a small map. One group, walked with the arrows.

import { fill as colour, ink, sectionColour } from "../common/colour.js";
import { html, setText, svg } from "../common/dom.js";
import { cellSize } from "../common/geometry.js";
import { createGrid } from "../common/grid.js";
import { isOn } from "../common/looks.js";
import { createBins, sizeLayer } from "../common/outlines.js";
import { fill, number, parse, span } from "../common/text.js";
import { binsOf } from "./marks.js";
import { isJudged, isOpen, ownAnswer, setDraft } from "./model.js";
import { mark } from "./signs.js";

const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
// The most px of a cell in a small map, and what a card has round it; between two cards.
const LARGEST = { usual: 22, presented: 36 };
const ROUND = 28;
const GAP = 12;
// px of a cell in a small map at which all cards stand in one row, where it is that or more.
const LEAST_IN_ROW = 12;
// Its cells step back behind the cut: they are painted as outside the lit bins, and none is lit.
const NOTHING = [{ top: 0, bottom: 0, left: 0, right: 0 }];

export function createCards(model, { render, check }) {
  const root = html("div", { class: "cards", role: "radiogroup", "data-testid": "cards" });
  const side = html("section", { class: "answer" }, root);
  let cards = [];
  let built = "";

  root.addEventListener("click", ({ target }) => choose(cards.find((card) => card.root === target.closest(".card-option"))));
  root.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    const at = cards.findIndex((card) => card.root === target);
    if (at < 0 || ctrlKey || altKey || metaKey) return;
    if (key in STEPS) {
      const next = cards[(at + STEPS[key] + cards.length) % cards.length];
      next.root.focus();
      choose(next);
    } else if (key === " ") choose(cards[at]);
    else if (key === "Enter" && model.draft === cards[at].key) check();
    else if (key === "Enter") choose(cards[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function choose(card) {
    if (!card || !isOpen(model)) return;
    setDraft(model, card.key);
    render();
  }

  function build({ id, options }) {
    if (built === id) return;
    built = id;
    cards = options.map((option, k) => createCard(option, k));
    root.replaceChildren(...cards.map((card) => card.root));
    // Four stand as two by two.
    root.style.setProperty("--most", cards.length === 4 ? 2 : 3);
    root.style.setProperty("--count", cards.length);
  }

  function paint() {
    const { data } = model;
    build(data);
    root.setAttribute("aria-label", data.question.sentence);
    const chosen = ownAnswer(model);
    const inRow = cards.length * (LEAST_IN_ROW * data.cols + ROUND + GAP) - GAP;
    root.classList.toggle("in-row", data.options[0].cut !== null && !isOn("present") && inRow <= side.clientWidth);
    const across = getComputedStyle(root).gridTemplateColumns.split(" ").length;
    const width = (side.clientWidth - GAP * (across - 1)) / across - ROUND;
    const judged = isJudged(model);
    const stop = cards.find((card) => card.key === chosen) ?? cards[0];
    for (const card of cards) {
      const own = card.key === chosen;
      const right = judged && card.key === data.verdict.answer;
      const wrong = judged && own && !right;
      card.root.setAttribute("aria-checked", `${own}`);
      card.root.setAttribute("aria-disabled", `${!isOpen(model)}`);
      card.root.tabIndex = card === stop ? 0 : -1;
      card.root.classList.toggle("right", right);
      card.root.classList.toggle("wrong", wrong);
      const said = right ? "cell.right" : wrong ? "cell.wrong" : null;
      setText(card.name, fill(data.text["card.label"], { key: card.letter }));
      if (card.sign.dataset.sign !== `${said}`) card.sign.replaceChildren(...(said ? [mark(right ? "yes" : "no"), html("span", { class: "unseen" }, data.text[said])] : []));
      card.sign.dataset.sign = `${said}`;
      card.paint(model, width);
    }
  }

  return { side, paint };
}

function createCard({ key, output, cut }, k) {
  const letter = String.fromCharCode(65 + k);
  const sign = html("span", { class: "card-sign" });
  const name = html("b");
  const face = output ? outputFace(output) : cutFace(cut);
  const root = html("div", { class: "card-option", role: "radio", "data-testid": `card-${key}` }, html("span", { class: "card-name" }, name, sign), face.root);
  return { key, letter, name, sign, root, paint: face.paint };
}

function outputFace(output) {
  const cells = output.flatMap((line, i) =>
    line.map((value, j) => {
      const cell = html("span", { class: "card-cell" });
      cell.style.setProperty("--section", sectionColour(i, j));
      return { cell, value };
    }),
  );
  const root = html("span", { class: "card-output" }, ...cells.map(({ cell }) => cell));
  root.style.setProperty("--across", output[0].length);

  function paint({ range }) {
    for (const { cell, value } of cells) {
      const amount = parse(`${value}`);
      setText(cell, amount === null ? "∅" : typeof value === "number" ? number(value) : value);
      cell.style.background = amount === null ? "" : colour(amount, range);
      cell.style.color = amount === null ? "" : ink(amount, range);
    }
  }

  return { root, paint };
}

function cutFace(cut) {
  const grid = createGrid();
  const bins = createBins();
  const under = svg("svg", { class: "overlay", "aria-hidden": "true" }, ...bins.under);
  const over = svg("svg", { class: "overlay", "aria-hidden": "true" }, ...bins.over);
  const said = html("span", { class: "unseen" });
  const root = html("span", { class: "map small-map" }, grid.canvas, under, grid.numbers, over, said);
  const spans = { rows: ends(cut.rows), cols: ends(cut.cols) };

  function paint(model, width) {
    const { rows, cols } = model.data;
    const cell = Math.min(LARGEST[isOn("present") ? "presented" : "usual"], cellSize(rows, cols, width, width));
    grid.paint(model, cell, NOTHING);
    for (const layer of [under, over]) sizeLayer(layer, rows, cols, cell);
    bins.paint(binsOf(cut), cell);
    bins.paintShared(spans, cell);
    const cells = ([start, stop]) => (stop > start ? span(start, stop) : "∅");
    setText(said, fill(model.data.text["card.cut"], { rows: cut.rows.map(cells).join(" "), cols: cut.cols.map(cells).join(" ") }));
  }

  return { root, paint };
}

function ends(spans) {
  return { starts: spans.map(([start]) => start), stops: spans.map(([, stop]) => stop) };
}
