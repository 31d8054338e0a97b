// The picture with its proposals, the chosen one, and at the end what is detected. All on canvas:
// there may be thousands of boxes.

import { classColour } from "../common/colour.js";
import { html } from "../common/dom.js";
import { boxOf, proposalsAt, reached, refinedOf } from "./model.js";
import { fill, number } from "../common/text.js";


export function createImage(model, { select, render }) {
  const ground = html("canvas", { "aria-hidden": "true" });
  const top = html("canvas", { class: "over", "aria-hidden": "true" });
  const root = html("div", { class: "picture", role: "img", "data-testid": "picture" }, ground, top);
  const photo = new Image();
  photo.addEventListener("load", render);
  let painted = "";
  let size = null;

  root.addEventListener("pointermove", (event) => point(event.pointerType === "mouse" ? nextAt(event) : null));
  root.addEventListener("pointerleave", () => point(null));
  root.addEventListener("click", (event) => {
    const found = nextAt(event);
    if (found !== null) select(found);
  });

  function point(found) {
    if (found === model.hover) return;
    model.hover = found;
    render();
  }

  // The smallest proposal there; where that is chosen already, the next larger one.
  function nextAt(event) {
    const place = root.getBoundingClientRect();
    const { detected } = model.data.size;
    const x = ((event.clientX - place.left) / place.width) * detected[0];
    const y = ((event.clientY - place.top) / place.height) * detected[1];
    const there = proposalsAt(model, x, y);
    if (!there.length) return null;
    return there[(there.indexOf(model.proposal) + 1) % there.length];
  }

  function paint(room) {
    const { data } = model;
    if (photo.src !== data.image) photo.src = data.image;
    const [wide, high] = data.size.detected;
    const scale = Math.min(room / wide, room / high);
    size = { width: Math.round(wide * scale), height: Math.round(high * scale), scale };
    root.style.width = `${size.width}px`;
    root.style.height = `${size.height}px`;
    const found = reached(model, "proposals") ? fill(data.text["detector.arrow.search"], data.proposals) : "";
    root.setAttribute("aria-label", [data.text["detector.stage.image"], found].filter(Boolean).join(data.text.join));
    root.dataset.count = reached(model, "proposals") ? model.first : 0;
    const ratio = window.devicePixelRatio || 1;
    const pale = reached(model, "detections") && data.known;
    const key = [data.id, photo.complete, size.width, ratio, root.dataset.count, pale].join();
    if (key !== painted) {
      painted = key;
      paintGround(sized(ground, size, ratio), pale);
    }
    paintTop(sized(top, size, ratio));
  }

  function paintGround(context, pale) {
    const { data, first } = model;
    // A pixel of a small picture is a square, as the network sees it.
    context.imageSmoothingEnabled = data.size.searched[0] > size.width / 2;
    if (photo.complete && photo.naturalWidth) context.drawImage(photo, 0, 0, size.width, size.height);
    if (!reached(model, "proposals")) return;
    // The more there are, the fainter each of them.
    const strength = Math.min(0.6, 6 / Math.sqrt(first)) * (pale ? 0.5 : 1);
    for (const [colour, width, share] of [["#000", 2, first > 500 ? 0.2 : 0.4], ["#fff", 1, 1]]) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.globalAlpha = strength * share;
      for (let n = 0; n < first; n += 1) context.strokeRect(...rectangle(boxOf(model, n)));
    }
    context.globalAlpha = 1;
  }

  function paintTop(context) {
    const { data, hover, view } = model;
    if (reached(model, "proposals") && hover !== null && hover !== model.proposal) line(context, boxOf(model, hover), { width: 1.5 });
    if (view && reached(model, "pooling")) {
      line(context, view.box, { width: 3 });
      if (reached(model, "scores") && data.known && view.best > 0 && !reached(model, "detections")) {
        const look = classColour(view.best - 1);
        line(context, refinedOf(model, model.proposal), { ...look, width: 3 });
      }
    }
    if (reached(model, "detections")) paintDetections(context);
  }

  function paintDetections(context) {
    const { objects, detections, classes, text } = model.data;
    const tags = createTags(context);
    for (const { box, label, found } of objects) {
      if (found) continue;
      const look = classColour(label - 1);
      line(context, box, { ...look, width: 2, dashed: true });
      tags.put(box, fill(text["detector.missed"], { class: classes[label] }), look, true);
    }
    // The surest lines are drawn last, over the others, and the surest names choose their places first.
    for (const { box, label, object } of [...detections].reverse()) {
      line(context, box, { ...classColour(label - 1), width: 3, dashed: object < 0 });
    }
    for (const { box, label, score, object } of detections) {
      const look = classColour(label - 1);
      const wrong = fill(text["detector.wrong"], { class: classes[label], score: number(score) });
      tags.put(box, object < 0 ? wrong : `${classes[label]} ${number(score)}`, look);
    }
    tags.paint();
  }

  function line(context, box, { colour, width, dashed = false }) {
    const { page, ink } = colours(root);
    const place = rectangle(box);
    for (const [stroke, extra] of [[colour ? "#fff" : page, 2], [colour ?? ink, 0]]) {
      context.setLineDash(dashed ? [5, 4] : []);
      context.strokeStyle = stroke;
      context.lineWidth = width + extra;
      context.strokeRect(...place);
    }
    context.setLineDash([]);
  }

  // Names on their classes' colours, each at its box where it covers no other, if there is such a place.
  function createTags(context) {
    const tags = [];
    const { fontFamily, fontSize } = getComputedStyle(root);
    // Pixels that a name is high.
    const tall = Math.round(parseFloat(fontSize)) + 5;
    context.font = `600 ${fontSize} ${fontFamily}`;

    function put(box, text, { colour, ink }, below = false) {
      const [x, y, wide, high] = rectangle(box);
      const tag = { text, colour, ink, wide: context.measureText(text).width + 10 };
      const over = [x - 1.5, y - tall];
      const under = [x - 1.5, y + high];
      const inside = [[x, y], [x + wide - tag.wide, y], [x, y + high - tall]];
      const places = [...(below ? [under, over] : [over, under]), ...inside].map(([left, top]) => ({
        ...tag,
        left: Math.max(0, Math.min(size.width - tag.wide, left)),
        top,
      }));
      const within = places.filter(({ top }) => top >= 0 && top + tall <= size.height);
      tags.push(within.find((place) => !tags.some((other) => touch(place, other, tall))) ?? within[0] ?? places[0]);
    }

    function paint() {
      context.textBaseline = "middle";
      for (const { text, colour, ink, wide, left, top } of tags.reverse()) {
        context.fillStyle = colour;
        context.fillRect(left, top, wide, tall);
        context.fillStyle = ink;
        context.fillText(text, left + 5, top + tall / 2);
      }
    }

    return { put, paint };
  }

  // Boxes hold their last pixels; the lines run round them.
  function rectangle([x1, y1, x2, y2]) {
    const { scale } = size;
    return [x1 * scale, y1 * scale, (x2 + 1 - x1) * scale, (y2 + 1 - y1) * scale];
  }

  return { root, photo, paint };
}

function touch(first, second, high) {
  const across = first.left < second.left + second.wide && second.left < first.left + first.wide;
  return across && Math.abs(first.top - second.top) < high;
}

export function sized(canvas, { width, height }, ratio = window.devicePixelRatio || 1) {
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

// The theme's, for boxes without a class: black on light, white on dark.
export function colours(element) {
  const style = getComputedStyle(element);
  return { ink: style.color, page: style.getPropertyValue("--page") };
}
