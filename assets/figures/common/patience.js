// Sends again what has no answer: what is sent while the line is cut is lost, and nobody says so.

// How long an answer is waited for before it is asked for again, in ms; each time twice as long.
const FIRST = 2000;
const LONGEST = 16000;
const MOMENT = 400;

// `again` sends what has no answer; `said` is told whether the answer is overdue, and `back` that a line
// that was cut stands again.
export function createPatience(again, said = () => {}, back = () => {}) {
  let timer = 0;
  let pause = FIRST;
  const line = watchLine(back);

  // Whenever something has been sent.
  function sent() {
    line.watch();
    wait();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(overdue, pause);
  }

  function overdue() {
    // A server that works for long has not gone away, nor has one that others keep from beginning.
    said(pause > FIRST);
    if (isAtWork() || (!line.wasCut() && pause < LONGEST)) longer();
    // It may have finished just now, and its answer be on the way to here.
    else timer = setTimeout(ask, MOMENT);
  }

  function ask() {
    if (isAtWork()) return longer();
    pause = Math.min(2 * pause, LONGEST);
    said(true);
    return again();
  }

  function longer() {
    pause = Math.min(2 * pause, LONGEST);
    wait();
  }

  // Something was answered: the next answer is not overdue before its time.
  function heard() {
    pause = FIRST;
    said(false);
  }

  // All of it was.
  function rest() {
    clearTimeout(timer);
    heard();
  }

  function destroy() {
    clearTimeout(timer);
    line.destroy();
  }

  return { sent, wait, rest, heard, destroy };
}

// Whether the line has been cut since it was last watched: on one that holds nothing is lost.
function watchLine(back) {
  let cut = false;
  let away = false;

  function look() {
    const before = away;
    away = !isConnected();
    cut ||= away;
    if (before && !away) back();
  }

  const observer = new MutationObserver(look);
  observer.observe(document.documentElement, { attributeFilter: ["data-test-connection-state"], subtree: true });

  function watch() {
    cut = !isConnected();
  }

  return { watch, wasCut: () => cut, destroy: () => observer.disconnect() };
}

// Asked again, a server that is at work would begin again. Where Streamlit does not say, it is asked.
function isAtWork() {
  return isConnected() && /^(running|rerunRequested)$/i.test(streamlit().testScriptState);
}

function isConnected() {
  return streamlit().testConnectionState === "CONNECTED";
}

function streamlit() {
  return document.querySelector("[data-test-connection-state]")?.dataset ?? {};
}
