// The usual gradients at an output of so many sections.

export function oneHot(count, hot) {
  return Array.from({ length: count }, (_, k) => (k === hot ? 1 : 0));
}

export function isOneHot(values) {
  return values.length > 1 && values.filter((value) => value === 1).length === 1 && values.every((value) => value === 0 || value === 1);
}

// From -2 to 2 by hundredths, which can be read and fit a link.
export function hundredths(count, random = Math.random) {
  return Array.from({ length: count }, () => (Math.floor(random() * 401) - 200) / 100);
}
