// Whether whoever looks has fingers alone, and so no use for keys.

export function byTouch() {
  return window.matchMedia("(hover: none) and (pointer: coarse)").matches;
}
