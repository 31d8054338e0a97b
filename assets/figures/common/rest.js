// A held key is one edit, sent when it has come to rest.

const REST = 250;

export function createRest(model, root, commit) {
  let timer = 0;

  // Whoever leaves, for another page perhaps, does not wait for the rest.
  root.addEventListener("focusout", flush);

  function soon() {
    // An answer to an earlier edit must not take the box back.
    model.resting = true;
    clearTimeout(timer);
    timer = setTimeout(flush, REST);
  }

  function flush() {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    commit();
  }

  return { soon, flush, destroy: () => clearTimeout(timer) };
}
