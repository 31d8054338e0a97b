// Small multiples: the same map and box under every convention, as a Streamlit component.
//
// Each card shows the bins that some conventions cut alike and the output they make of them; the cells
// that are not those of the reference are marked. A click on a name makes it the reference.

import { createCard } from "./card.js";
import { fill, range } from "../common/colour.js";
import { html, setText } from "../common/dom.js";
import { createPainter, mounted } from "../common/mount.js";

// Of the card's width; the output has the rest.
const MAP_SHARE = 0.56;
// All cards in sight beside what stands above them, on a screen where four of them are in a row.
// What stands round the maps of two such rows, in pixels.
const ABOVE = 672;
const SMALLEST_MAP = 112;

export default mounted(createMultiples);

function createMultiples(host) {
  const root = html("div", { class: "multiples", "data-testid": "multiples", role: "group" });
  const invitation = html("p", { class: "invitation" });
  root.append(invitation);
  host.replaceChildren(root);
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
    const inner = cards[0].root.clientWidth - 2 * parseFloat(getComputedStyle(cards[0].root).paddingLeft);
    const { width, height } = place(inner);
    const cell = Math.min(width / data.cols, height / data.rows);
    const span = range(data.cells);
    const shared = { cell, inner, span, picture: paintedMap(data, span) };
    cards.forEach((card, k) => card.paint(data, data.cards[k], shared));
  }

  // Width and height that there are for a map.
  function place(inner) {
    const width = Math.floor(MAP_SHARE * inner);
    const inOneRow = getComputedStyle(root).gridTemplateColumns.split(" ").length;
    if (inOneRow < 4) return { width, height: width };
    const rows = Math.ceil(root.childElementCount / inOneRow);
    const height = Math.max(SMALLEST_MAP, (window.innerHeight - ABOVE) / rows);
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
