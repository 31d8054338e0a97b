// Small multiples: the same map and box under every convention, as a Streamlit component.
//
// Each card shows the bins that some conventions cut alike and the output they make of them; the cells
// that are not those of the reference are marked. A click on a name makes it the reference.

import { createCard, MANY } from "./card.js";
import { createPresented } from "./presented.js";
import { fill, range } from "../common/colour.js";
import { html, setText } from "../common/dom.js";
import { rem } from "../common/geometry.js";
import { isOn } from "../common/looks.js";
import { createLookTools } from "../common/looktools.js";
import { createPainter, mounted } from "../common/mount.js";

// Of the card's width; the output has the rest.
const MAP_SHARE = 0.56;
// All cards in sight beside what stands above them, on a screen where four of them are in a row.
// What stands round the maps of two such rows, in rem.
const ABOVE = 42;
const SMALLEST_MAP = 112;
const GAP = 12;
// Of the output, in rem.
const LARGEST_CELL = 3.5;
// Height of the sentence under it, in rem.
const VERDICT = { few: 2.25, many: 1.375 };

export default mounted(createMultiples);

function createMultiples(host) {
  const root = html("div", { class: "multiples", "data-testid": "multiples", role: "group" });
  const invitation = html("p", { class: "invitation" });
  root.append(invitation);
  // Where the cards are not presented the stage has them.
  const looks = createLookTools();
  host.replaceChildren(html("div", { class: "tools" }, ...looks.buttons), root);
  const presented = createPresented(root);
  let data = null;
  let choose = () => {};
  let cards = [];
  const painter = createPainter(host, paint);

  function paint() {
    if (!data || !root.clientWidth) return;
    while (cards.length > data.cards.length) cards.pop().root.remove();
    while (cards.length < data.cards.length) {
      const card = createCard((name) => choose(name));
      cards.push(card);
      invitation.before(card.root);
    }
    invitation.hidden = data.invitation === "";
    setText(invitation, data.invitation);
    root.setAttribute("aria-label", data.label);
    looks.paint(data.text);
    root.classList.remove("stacked", "terse");
    if (isOn("present")) paintPresented();
    else paintCards(place(innerWidth()));
  }

  function paintPresented() {
    presented.place(cards.length);
    // Once for the names, whose height is what the rest has to do without.
    paintCards(place(innerWidth()));
    paintCards(presented.sizes(data, innerWidth()));
  }

  function innerWidth() {
    return cards[0].root.clientWidth - 2 * parseFloat(getComputedStyle(cards[0].root).paddingLeft);
  }

  function paintCards(sizes) {
    const span = range(data.cells);
    const shared = { ...sizes, span, picture: paintedMap(data, span) };
    cards.forEach((card, k) => card.paint(data, data.cards[k], shared));
  }

  // The size of a map's cell, and what there is for the output beside it.
  function place(inner) {
    const { rows, cols, outputSize } = data;
    const { width, height } = mapIn(inner);
    const cell = Math.min(width / cols, height / rows);
    const beside = inner - cols * cell - GAP;
    const verdict = VERDICT[Math.max(...outputSize) > MANY ? "many" : "few"];
    return { cell, output: { width: beside, height: Math.max(beside / 2, rows * cell - rem(verdict)), largest: rem(LARGEST_CELL) } };
  }

  // Width and height that there are for a map.
  function mapIn(inner) {
    const width = Math.floor(MAP_SHARE * inner);
    const inOneRow = getComputedStyle(root).gridTemplateColumns.split(" ").length;
    if (inOneRow < 4) return { width, height: width };
    const rows = Math.ceil(root.childElementCount / inOneRow);
    const height = Math.max(SMALLEST_MAP, (window.innerHeight - rem(ABOVE)) / rows);
    return { width, height: Math.floor(Math.min(width, height)) };
  }

  return {
    update(sent, { setTriggerValue }) {
      data = sent;
      choose = (name) => setTriggerValue("reference", name);
      paint();
    },
    destroy: painter.destroy,
  };
}

// One pixel a cell: every card shows it as large as its map is.
function paintedMap({ rows, cols, cells }, span) {
  const canvas = html("canvas", { width: cols, height: rows });
  const context = canvas.getContext("2d");
  cells.forEach((value, i) => {
    context.fillStyle = fill(value, span);
    context.fillRect(i % cols, Math.floor(i / cols), 1, 1);
  });
  return canvas;
}
