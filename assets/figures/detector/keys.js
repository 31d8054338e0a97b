// The keyboard: arrows choose a proposal, the space bar plays, brackets step.

const TURNS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

export function createKeys(root, player, turn) {
  root.addEventListener("keydown", (event) => {
    // Streamlit's own hotkeys must not fire from inside.
    event.stopPropagation();
    if (/^(INPUT|SELECT|BUTTON)$/.test(event.target.tagName)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (handle(event.key)) event.preventDefault();
  });

  function handle(key) {
    if (key in TURNS) turn(TURNS[key]);
    else if (key === " ") player.toggle();
    else if (key === "[") player.prev();
    else if (key === "]") player.next();
    else return false;
    return true;
  }
}
