// What every figure does as a Streamlit component: it is mounted once, told of new data, and paints in
// frames.

import { isGuest } from "./address.js";
import { isOn, keepLooks, watchLooks } from "./looks.js";

// Streamlit calls a component at mount and again whenever the data changes; what is on the page stays,
// so the figure, `{ update, destroy }`, is kept beside its element.
export function mounted(create) {
  const figures = new WeakMap();
  return ({ parentElement, data, ...setters }) => {
    let figure = figures.get(parentElement);
    if (!figure) {
      const root = parentElement.querySelector(".root");
      mark(parentElement);
      // Before anything is drawn: what is hidden is not to be seen for a moment either.
      const looks = followLooks(root);
      const { update, destroy } = create(root, data);
      figure = { looks, update, destroy: () => (looks.end(), destroy()) };
      figures.set(parentElement, figure);
    }
    figure.update(data, setters);
    figure.looks.heard(data, setters);
    return () => {
      // Streamlit cleans up after a call that the next has overtaken, too: two answers that come one upon
      // the other. The figure is then still on the page, and whoever works on it is not to lose it.
      if (parentElement.isConnected) return;
      figures.get(parentElement)?.destroy();
      figures.delete(parentElement);
    };
  };
}

// Marks where a figure stands in the document: in a shadow, or by itself.
function mark(element) {
  if (!isGuest()) (element.getRootNode().host ?? element).setAttribute("data-figure", "");
}

// Marks the figure as presented, for its style, and tells Python whether the answer is hidden: what it
// writes round the figure is not to tell it. `data.hidden` is what Python believes.
function followLooks(root) {
  let last = null;
  let times = 0;

  function changed() {
    root.classList.toggle("presented", isOn("present"));
    if (last === null || last.data.hidden === undefined || last.data.hidden === isOn("hide")) return;
    // Streamlit passes on only what differs from what it was told before.
    times += 1;
    last.setStateValue("hide", [isOn("hide"), times]);
  }

  function heard(data, { setStateValue }) {
    last = { data, setStateValue };
    // Python may have written the address anew, and knows nothing of them.
    keepLooks();
    changed();
  }

  const end = watchLooks(changed);
  changed();
  return { heard, end };
}

// Paints with the next frame, however often it is asked to, and when there is another amount of room.
// Until that is done the host is marked: what stands there is not what it is about to be.
export function createPainter(host, paint, measured = () => {}) {
  let frame = 0;
  const resized = new ResizeObserver(changed);
  resized.observe(host);
  window.addEventListener("resize", changed);
  const ignore = watchLooks(changed);

  function changed() {
    measured();
    render();
  }

  function render() {
    if (frame) return;
    frame = requestAnimationFrame(framed);
    host.dataset.unpainted = "";
  }

  function framed() {
    frame = 0;
    paint();
    // Painting may itself have asked for more.
    host.toggleAttribute("data-unpainted", frame !== 0);
  }

  function destroy() {
    cancelAnimationFrame(frame);
    resized.disconnect();
    window.removeEventListener("resize", changed);
    ignore();
  }

  return { render, destroy };
}

// Whoever drags needs no ring round the map to know where the keyboard is.
export function markKeyboard(root) {
  root.addEventListener("pointerdown", () => root.removeAttribute("data-keyed"), true);
  root.addEventListener("keyup", () => root.setAttribute("data-keyed", ""), true);
}
