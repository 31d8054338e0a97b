// What may be wrong with how a page stands, found on the page itself. An expression, for pages.py.
(() => {
  // All elements, those of the figures too.
  const all = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  // The link past the top bar is there for an eye once the keyboard is on it.
  const seen = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.dataset?.testid !== "stSkipToContent";
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

  // Words that lie on other words. What follows the screen and not the page may pass over all of it.
  function overlaid(page) {
    const pieces = all(page)
      .filter((one) => words(one).length && seen(one) && !floats(one) && !one.closest("[hidden], [inert], .unseen"))
      .flatMap((one) => words(one).flatMap((node) => linesOf(node).map((place) => ({ one, place }))))
      .filter(({ place }) => place.width > 2 && place.height > 2);
    return pieces.flatMap(({ one, place }, k) =>
      pieces
        .slice(k + 1)
        .filter((other) => other.one !== one && touch(place, other.place) && !isWithin(other.one, one) && !isWithin(one, other.one))
        .map((other) => `${says(one)} on ${says(other.one)}`),
    );
  }

  function linesOf(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()];
  }

  const touch = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  const floats = (one) => {
    for (let at = one; at instanceof Element || at instanceof ShadowRoot; at = up(at)) {
      if (at instanceof Element && /fixed|sticky/.test(getComputedStyle(at).position)) return true;
    }
    return false;
  };

  // Of these parts, those of which less than half can be in sight together with *play*.
  function apart(page, parts) {
    const find = (name, root) => all(root).find((one) => one.dataset?.testid === name && seen(one));
    const play = find("play", page);
    const inSight = (part, block) => {
      play.scrollIntoView({ block });
      const { top, bottom } = part.getBoundingClientRect();
      return Math.min(bottom, innerHeight) - Math.max(top, 0) >= 0.5 * Math.min(bottom - top, innerHeight);
    };
    return parts
      .map((name) => play && find(name, play.getRootNode()))
      .filter((part) => play && part && !["start", "end"].some((block) => inSight(part, block)))
      .map(({ dataset }) => dataset.testid);
  }

  // Words that are not, or not whole, on a screen that nobody scrolls.
  function beyond(page) {
    return all(page)
      .filter((one) => words(one).length && seen(one) && !one.closest("[inert], .unseen, [aria-live=polite]:not([data-testid])"))
      .filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        return right - left > 2 && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1);
      })
      .map(says);
  }

  // By how many px it is higher than the screen, or some part of its figure higher than its place.
  function scrolls(page) {
    const places = all(page).filter((one) => seen(one) && /auto|scroll/.test(getComputedStyle(one).overflowY));
    return places.map((one) => [one.scrollHeight - one.clientHeight, one]).filter(([px]) => px > 1).map(([px, one]) => `${px} ${says(one)}`);
  }

  // What can be used beside the figures, whose own parts are not the page's.
  const chrome = (page) => [...page.querySelectorAll("header, button, input, select, a[href]")].filter(seen).map(says);

  // The sentence that a room reads, where it is smaller than so many px.
  function said(page, least) {
    const told = all(page).filter((one) => seen(one) && one.matches("[data-testid=caption], [data-testid=sentence], .st-key-conventions-said p"));
    const sizes = told.map((one) => parseFloat(getComputedStyle(one).fontSize));
    return sizes.length ? sizes.filter((size) => size < least) : ["nothing is said"];
  }

  const back = (page) => page.querySelector("[data-testid=stMain]").scrollTo(0, 0);
  return { sideways, small, cut, overlaid, covered, apart, beyond, scrolls, chrome, said, back };
})()
