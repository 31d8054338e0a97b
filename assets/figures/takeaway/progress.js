// Which questions were answered right, as long as the page is open.

export function createProgress(lessons, say) {
  // By lesson: whether a step was right at least once.
  const tried = lessons.map(() => new Map());
  const listeners = [];

  function note(lesson, step, right) {
    tried[lesson].set(step, right || tried[lesson].get(step) === true);
    for (const listener of listeners) listener(result());
  }

  const asked = (lesson) => lessons[lesson].steps.filter(({ asks }) => asks).length;
  const done = (lesson) => [...tried[lesson].values()].filter(Boolean).length;

  // How far one is in a lesson; nothing where it was not begun.
  function said(lesson) {
    if (tried[lesson].size === 0) return "";
    const values = { done: done(lesson), of: asked(lesson) };
    return say(values.done === values.of ? "lessons.done" : "lessons.so_far", values);
  }

  // Of all lessons: whether every question was tried, and the share that was answered right.
  function result() {
    const sum = (count) => lessons.reduce((total, _, k) => total + count(k), 0);
    return { done: sum((k) => tried[k].size) === sum(asked), score: sum(done) / sum(asked) };
  }

  return { note, said, result, listen: (listener) => listeners.push(listener) };
}
