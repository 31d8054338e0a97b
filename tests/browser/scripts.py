"""What tests ask a page for, or do there, in its own language."""

# What has the focus, inside the figures too.
FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.dataset.testid ?? null;
}"""

# Presses keys in one task: a machine that is busy cannot come between them.
PRESS = """(keys) => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  for (const named of keys) {
    const key = named.split("+").at(-1);
    const how = { key, code: key, shiftKey: named.startsWith("Shift+"), bubbles: true };
    for (const kind of ["keydown", "keyup"])
      at.dispatchEvent(new KeyboardEvent(kind, { ...how, cancelable: true, composed: true }));
  }
}"""


# All markup of the page, the figures' own too, with what stands in its fields.
MARKUP = """(page) => {
  const all = (root) =>
    [...root.querySelectorAll("*")].map(({ shadowRoot, value }) =>
      [value, shadowRoot ? shadowRoot.innerHTML + all(shadowRoot) : ""].join(" "),
    ).join("\\n");
  return page.documentElement.outerHTML + page.title + all(page);
}"""


# What is drawn on a map, as [top, bottom, left, right] in cells, each part of a path by itself.
DRAWN = """(map) => {
  const { left: x, top: y, width, height } = map.querySelector("canvas").getBoundingClientRect();
  const [wide, high] = [width / map.dataset.cols, height / map.dataset.rows];
  const parts = (one) => {
    if (one.tagName !== "path") return [one.getBoundingClientRect()];
    const whole = one.getAttribute("d") ?? "";
    const places = whole.split(/(?=M)/).filter(Boolean).map((part) => {
      one.setAttribute("d", part);
      return one.getBoundingClientRect();
    });
    one.setAttribute("d", whole);
    return places;
  };
  return [...map.querySelectorAll("path, rect, circle, .box-stop")]
    .filter((one) => !one.closest("defs") && one.checkVisibility())
    .flatMap(parts)
    .map(({ top, bottom, left, right }) => [top - y, bottom - y, left - x, right - x])
    .map((px) => px.map((at, k) => Math.round(at / (k < 2 ? high : wide))));
}"""
# What of each card of a choice is neither its letter, nor what it shows, nor that it is chosen.
CARDS = """(cards) => {
  const own = ["aria-checked", "tabindex", "d", "style", "width", "height"];
  const rest = ({ tagName, attributes }) => {
    const kept = [...attributes].filter(({ name }) => !own.includes(name));
    return [tagName, ...kept.map(({ name, value }) => `${name}=${value}`)].join(" ");
  };
  const all = (card) => [card, ...card.querySelectorAll("*")].map(rest).join();
  return [...cards.children].map((card) => all(card).replace(card.dataset.testid, ""));
}"""
