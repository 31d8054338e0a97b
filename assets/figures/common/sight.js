// Brings what is to be seen into sight.

// All parts, each over or beside the lowest: by that, and where it is in sight already by the highest. What is
// in sight moves nothing.
export function bring(...parts) {
  const lowest = parts.reduce((one, other) => (bottom(other) > bottom(one) ? other : one));
  const highest = parts.reduce((one, other) => (top(other) < top(one) ? other : one));
  (goesBelow(lowest) ? lowest : highest).scrollIntoView({ block: "nearest", behavior: isStill() ? "auto" : "smooth" });
}

// Whether it goes on under the window's end.
export function goesBelow(part) {
  return bottom(part) > window.innerHeight;
}

function top(part) {
  return part.getBoundingClientRect().top;
}

function bottom(part) {
  return part.getBoundingClientRect().bottom;
}

function isStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
