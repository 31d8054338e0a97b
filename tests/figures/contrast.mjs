// How well one colour reads on another, as WCAG 2 defines it; colours are [r, g, b] of 255.

export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// Of "#rgb" or "#rrggbb".
export function partsOf(hex) {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : hex.slice(1).match(/../g);
  return digits.map((part) => Number.parseInt(part, 16));
}

// Of "rgb(r,g,b)".
export function channelsOf(css) {
  return css.match(/\d+/g).map(Number);
}
