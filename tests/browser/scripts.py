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
