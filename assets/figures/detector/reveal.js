// Proposals appear one after the other, the largest first, while recall rises beside them.

const LASTS = 1800;

export function createReveal(model, render) {
  let frame = 0;

  function start() {
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const began = performance.now();
    const count = model.wanted;
    const next = (now) => {
      const part = Math.min(1, ((now - began) * model.speed) / LASTS);
      model.first = Math.min(count, 1 + Math.floor(part * count));
      frame = part < 1 ? requestAnimationFrame(next) : 0;
      render();
    };
    next(began);
  }

  // Whatever interrupts it finds all that are wanted there.
  function stop() {
    if (!frame) return;
    cancelAnimationFrame(frame);
    frame = 0;
    model.first = model.wanted;
  }

  return { start, stop };
}
