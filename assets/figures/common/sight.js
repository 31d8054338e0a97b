// Brings what is to be seen into sight.

// All parts by the lowest of them, as the others stand over or beside it; what is in sight moves nothing.
export function bring(...parts) {
  const lowest = parts.reduce((one, other) => (bottom(other) > bottom(one) ? other : one));
  lowest.scrollIntoView({ block: "nearest", behavior: isStill() ? "auto" : "smooth" });
}

// Whether it goes on under the window's end.
export function goesBelow(part) {
  return bottom(part) > window.innerHeight;
}

function bottom(part) {
  return part.getBoundingClientRect().bottom;
}

function isStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
