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
  // A step, and neither the beginning nor the end.
  prev: "M15.700 3.800 17.700 5.800 11.500 12l6.200 6.200-2 2L7.500 12z",
  next: "M8.300 3.800 16.500 12l-8.200 8.200-2-2L12.500 12 6.300 5.800z",
  brush: "M14.8 3.6l5.6 5.6-8.9 8.9H5.9v-5.6zM4 20.2h16v1.8H4z",
  copy: "M8 3h12v13h-2.2V5.2H8zM4 7.500h11.500V21H4zM6.200 9.700v9.100h7.100V9.700z",
  remove: "M6.300 4.700 12 10.400l5.700-5.700 1.600 1.600L13.600 12l5.700 5.700-1.600 1.600L12 13.600l-5.700 5.700-1.600-1.600L10.400 12 4.700 6.300z",
  link: "M10.500 7.300V9.300H7.200a2.700 2.700 0 0 0 0 5.400h3.300v2H7.200a4.700 4.700 0 0 1 0-9.400zM13.500 7.300h3.300a4.700 4.700 0 0 1 0 9.400h-3.300v-2h3.300a2.700 2.700 0 0 0 0-5.400h-3.300zM8 11h8v2H8z",
  look: "M7 5l9 7-9 7zM17 5h1.800v14H17z",
  hide: "M12 5.500c4.700 0 8.400 3.300 10 6.500-1.600 3.200-5.300 6.500-10 6.500S3.600 15.200 2 12c1.600-3.200 5.300-6.500 10-6.500zm0 2.200c-3.300 0-6.100 2.100-7.500 4.300 1.400 2.200 4.200 4.300 7.500 4.300s6.100-2.100 7.500-4.300c-1.400-2.200-4.200-4.300-7.500-4.300zm0 1.300a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
  shown: "M3.400 2.200 21.800 20.600l-1.500 1.500-3.700-3.700a10.900 10.900 0 0 1-4.600 1c-4.700 0-8.400-3.300-10-6.500a12.700 12.700 0 0 1 3.900-4.500L1.900 3.700zM7.400 9.900a9.800 9.800 0 0 0-2.900 3c1.400 2.300 4.200 4.400 7.500 4.400 1 0 2-.2 2.900-.5l-1.500-1.600a3 3 0 0 1-4.200-4.200zM12 6.400c4.700 0 8.400 3.300 10 6.500a12.400 12.400 0 0 1-3 3.800l-1.500-1.500a9.600 9.600 0 0 0 2-2.300c-1.400-2.200-4.200-4.300-7.500-4.300-.6 0-1.200.1-1.800.2L8.500 7.100c1.100-.5 2.300-.7 3.500-.7z",
  present: "M3 4h18v12.500H13V19h3v2H8v-2h3v-2.500H3zm2 2v8.500h14V6z",
  drag: "M12 2l3.200 3.800h-2.200V11h5.200V8.800L22 12l-3.800 3.200V13H13v5.200h2.200L12 22l-3.200-3.800H11V13H5.800v2.200L2 12l3.800-3.200V11H11V5.800H8.800z",
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
