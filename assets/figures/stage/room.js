// How large the map and the output are, by the room that there is for them.

import { cellSize, rem } from "../common/geometry.js";
import { isOn } from "../common/looks.js";

// In rem.
const AXIS = 1.375;
// What the scale of colours takes beside the map.
const LEGEND = 3.5;
// Where the columns stand under one another the map takes no more than this.
const WIDEST_MAP = 520;
const SMALLEST_MAP = 280;
// The numbers over a map and the timeline under it.
const UNDER = 5.625;
// Where all is presented, the rows' numbers beside the map.
const PRESENTED_AXIS = 2.25;
// How much of the screen's height the output beside it has, and of what is left of it.
const PRESENTED_OUTPUT = 0.36;
const OF_REST = 0.8;
const OVER_CAPTION = 0.5;
// How much of the width the map has, where the page says nothing: beside it are lines of arithmetic.
const PRESENTED_MAP = 0.6;
const PRESENTED_NARROW = { below: 87.5, map: 0.52 };

// The height of the map on a screen that shows the whole story at once, with so many rem above and below it.
export function besides(count) {
  return () => {
    // On a low screen the map and what is right under it, wherever the page is scrolled to.
    const smallest = Math.min(SMALLEST_MAP, window.innerHeight - rem(UNDER));
    return Math.max(smallest, window.innerHeight - rem(count));
  };
}

// From so many rem on the stage has three columns, see layout.css. Below, an output of few cells stands
// beside the caption, and has so much of the width.
const WIDE = 53.75;
const FEW = 3;
const BESIDE_CAPTION = 0.42;
// Of a page's width, in px as CSS counts them, what the map may take beside the output.
const ON_PAPER = 420;

// Of a stage's `page`, and of the elements that the two stand in.
export function createRoom(page, { root, mapArea, map, legend, output }) {
  const { onPaper = ON_PAPER, presentedMap } = page;
  // Of the map's area, where what stands round it leaves that to the map: px that it was high.
  let left = 0;

  // From side to side, and where it is as high as something else, how high.
  function forOutput({ rows, outputSize }, cell) {
    root.classList.toggle("large-output", Math.max(...outputSize) > FEW);
    const across = output.clientWidth - 16;
    if (isPresented()) return [across, Math.min(PRESENTED_OUTPUT * window.innerHeight, (page.fillsScreen ? OVER_CAPTION : OF_REST) * mapArea.clientHeight)];
    // The caption has the rest of its row.
    if (page.besideCaption && !isWide()) return [besideCaption()];
    if (!page.fillsScreen || root.clientWidth >= rem(WIDE)) return [Math.min(across, widthOfOutput())];
    return isWide() ? [across, 0.6 * rows * cell] : [besideCaption()];

    function besideCaption() {
      return Math.max(...outputSize) > FEW ? across : BESIDE_CAPTION * root.clientWidth;
    }
  }

  function widthOfOutput() {
    return page.widthOfOutput?.(isWide()) ?? Infinity;
  }

  function isWide() {
    return mapArea.clientWidth < root.clientWidth;
  }

  function isPresented() {
    return isOn("present") && isWide();
  }

  // px from the top of the map to where its area ends.
  function rest() {
    left = mapArea.clientHeight;
    return mapArea.getBoundingClientRect().bottom - map.getBoundingClientRect().top;
  }

  function shareOfMap() {
    return presentedMap ?? (root.clientWidth < rem(PRESENTED_NARROW.below) ? PRESENTED_NARROW.map : PRESENTED_MAP);
  }

  // Whether what was painted round the map has left it more, or less, than it took.
  function isOff() {
    return isPresented() && mapArea.clientHeight !== left;
  }

  // Sets the map's size, and returns that of a cell.
  function forMap({ rows, cols }, printing) {
    const wide = isWide();
    const scale = wide && legend.offsetWidth > 0 ? rem(LEGEND) : 0;
    const width = Math.min(wide ? Infinity : WIDEST_MAP, (wide && page.shareOfWidth ? page.shareOfWidth * root.clientWidth : mapArea.clientWidth) - rem(AXIS) - scale);
    const presented = isPresented();
    if (printing) return sized(cellSize(rows, cols, onPaper, onPaper), rows, cols);
    const most = presented ? rest() : page.heightOfMap();
    // The map that is presented gives its column its width, and not the other way round.
    const across = presented ? shareOfMap() * root.clientWidth - rem(PRESENTED_AXIS) : width;
    const cell = cellSize(rows, cols, across, wide ? most : width);
    return sized(cell, rows, cols);
  }

  function sized(cell, rows, cols) {
    map.style.width = `${cols * cell}px`;
    map.style.height = `${rows * cell}px`;
    return cell;
  }

  return { forMap, forOutput, isOff, isWide };
}
