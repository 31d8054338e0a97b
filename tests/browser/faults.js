// What may be wrong with how a page stands, found on the page itself. An expression, for pages.py.
(() => {
  // All elements, those of the figures too.
  const all = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  const seen = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const named = (one) => `${one.dataset?.testid ?? one.className?.baseVal ?? one.className ?? ""}`;
  const words = (one) => [...one.childNodes].filter(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim());
  const says = (one) => `${one.tagName} ${named(one)} “${one.textContent.trim().slice(0, 40)}”`;
  const up = (one) => one.assignedSlot ?? one.parentNode ?? one.host;
  const isWithin = (one, other) => {
    for (let at = one; at; at = up(at)) if (at === other) return true;
    return false;
  };
  const topmost = (page, x, y) => {
    let found = page.elementFromPoint(x, y);
    for (let inner; (inner = found?.shadowRoot?.elementFromPoint(x, y)) && inner !== found; ) found = inner;
    return found;
  };

  // By how many px it is wider than the screen.
  function sideways(page) {
    const main = page.querySelector("[data-testid=stMain]");
    return [page.documentElement, main].map((one) => one.scrollWidth - one.clientWidth).filter((px) => px > 0);
  }

  // Words smaller than so many px; what is drawn for an eye alone may be.
  function small(page, least) {
    return all(page)
      .filter((one) => words(one).length && seen(one) && !one.closest("[aria-hidden=true]"))
      .map((one) => [parseFloat(getComputedStyle(one).fontSize), one])
      .filter(([size]) => size > 0 && size < least - 0.05)
      .map(([size, one]) => `${size} ${says(one)}`);
  }

  // Words that end where their box does and go on, unless three dots say so.
  function cut(page) {
    return all(page)
      .filter((one) => words(one).length && seen(one))
      .filter((one) => {
        const { overflowX, overflowY, textOverflow } = getComputedStyle(one);
        if (![overflowX, overflowY].some((value) => /hidden|clip/.test(value)) || textOverflow === "ellipsis") return false;
        if (one.clientWidth <= 1 || one.clientHeight <= 1) return false;
        return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 3;
      })
      .map(says);
  }

  // Controls that something else lies upon, or that lie partly beside the screen.
  function covered(page) {
    return all(page)
      .filter((one) => one.matches("button, a[href], select, input:not([type=range])"))
      .filter((one) => seen(one) && one.getBoundingClientRect().width > 2 && !one.closest("[aria-hidden=true]"))
      .filter((one) => {
        one.scrollIntoView({ block: "center", inline: "nearest" });
        const { left, right, top, bottom } = one.getBoundingClientRect();
        if (left < -1 || right > innerWidth + 1) return true;
        const found = topmost(page, (left + right) / 2, (top + bottom) / 2);
        if (!found || isWithin(found, one) || isWithin(one, found)) return false;
        return !found.closest("label") || found.closest("label") !== one.closest("label");
      })
      .map(says);
  }

  // Of these parts, those of which less than half is in sight when *play* is as far down as it goes.
  function apart(page, parts) {
    const find = (name) => all(page).find((one) => one.dataset?.testid === name && seen(one));
    const play = find("play");
    play?.scrollIntoView({ block: "end" });
    return parts
      .map(find)
      .filter((part) => play && part)
      .filter((part) => {
        const { top, bottom } = part.getBoundingClientRect();
        return Math.min(bottom, innerHeight) - Math.max(top, 0) < 0.5 * Math.min(bottom - top, innerHeight);
      })
      .map(({ dataset }) => dataset.testid);
  }

  const back = (page) => page.querySelector("[data-testid=stMain]").scrollTo(0, 0);
  return { sideways, small, cut, covered, apart, back };
})()
