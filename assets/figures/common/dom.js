// Making elements, in HTML and in SVG.

const SVG = "http://www.w3.org/2000/svg";

export function html(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

// Strings become text nodes, never markup: captions may hold what somebody typed.
function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function toggle(element, name, on) {
  if (element.hasAttribute(name) !== on) element.toggleAttribute(name, on);
}

const ICONS = {
  play: "M7 4.5v15l12.5-7.5z",
  pause: "M6.5 4.5h4v15h-4zM13.5 4.5h4v15h-4z",
  prev: "M5 5h2.6v14H5zM20 5v14L9 12z",
  next: "M16.4 5H19v14h-2.6zM4 5l11 7-11 7z",
  brush: "M14.8 3.6l5.6 5.6-8.9 8.9H5.9v-5.6zM4 20.2h16v1.8H4z",
  copy: "M8 3h12v13h-2.2V5.2H8zM4 7.500h11.500V21H4zM6.200 9.700v9.100h7.100V9.700z",
  remove: "M6.300 4.700 12 10.400l5.700-5.700 1.600 1.600L13.600 12l5.700 5.700-1.600 1.600L12 13.600l-5.700 5.700-1.600-1.600L10.400 12 4.700 6.300z",
  link: "M10.500 7.300V9.300H7.200a2.700 2.700 0 0 0 0 5.400h3.300v2H7.200a4.700 4.700 0 0 1 0-9.400zM13.500 7.300h3.300a4.700 4.700 0 0 1 0 9.400h-3.300v-2h3.300a2.700 2.700 0 0 0 0-5.400h-3.300zM8 11h8v2H8z",
  add: "M10.800 4h2.400v6.800H20v2.400h-6.800V20h-2.400v-6.800H4v-2.400h6.800z",
};

export function icon(name) {
  const path = svg("path", { d: ICONS[name], fill: "currentColor" });
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, path);
}

export function setIcon(button, name) {
  if (button.dataset.icon === name) return;
  button.dataset.icon = name;
  button.replaceChildren(icon(name));
}
