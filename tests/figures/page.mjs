// As much of a page as the figures' looks need: marks on the document, an address, and events.

export function openPage(address = "http://127.0.0.1/") {
  const marks = new Set();
  const window = new EventTarget();
  window.location = { href: address };
  window.history = { state: null, replaceState: (state, title, url) => (window.location.href = `${url}`) };
  const toggleAttribute = (name, on) => (on ? marks.add(name) : marks.delete(name));
  // A figure stands on the page, with nothing open in it.
  globalThis.document = {
    documentElement: { hasAttribute: (name) => marks.has(name), toggleAttribute },
    querySelectorAll: () => [{ shadowRoot: { querySelector: () => null } }],
  };
  globalThis.window = window;
  return window;
}

// A key that is pressed on an element; returns whether anybody took it.
export function press(window, key, element = { tagName: "BODY" }, more = {}) {
  const event = new Event("keydown", { cancelable: true });
  Object.assign(event, { key, composedPath: () => [element] }, more);
  return !window.dispatchEvent(event);
}
