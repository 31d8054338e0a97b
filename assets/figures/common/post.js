// Sends what has no answer, and sends it again until it has one: what is sent while the line is cut is
// lost, and nobody says so.

import { isAcknowledged } from "./unanswered.js";

// How long an answer is waited for before it is asked for again, in ms; each time twice as long.
const FIRST = 2000;
const LONGEST = 16000;
const MOMENT = 400;

export function createPost(model, root, render) {
  let deliver = () => {};
  let timer = 0;
  let pause = FIRST;
  // Streamlit passes on only what differs from what it was told before.
  let times = 0;
  // What the last message was meant for, and what had been answered then.
  let session = null;
  let ack = 0;
  const line = watchLine();

  function send() {
    times += 1;
    line.watch();
    session = model.data.session;
    wait();
    deliver({ session, changes: [...model.pending], times });
    // At once, and not with the next frame: until Python answers nothing here is confirmed.
    root.dataset.confirmed = "false";
    render();
  }

  function wait() {
    ack = model.data.ack;
    clearTimeout(timer);
    timer = setTimeout(overdue, pause);
  }

  function overdue() {
    // A server that works for long has not gone away, nor has one that others keep from beginning.
    model.late = pause > FIRST;
    if (isAtWork() || (!line.wasCut() && pause < LONGEST)) longer();
    // It may have finished just now, and its answer be on the way to here.
    else timer = setTimeout(ask, MOMENT);
    render();
  }

  function ask() {
    if (isAtWork()) return longer();
    pause = Math.min(2 * pause, LONGEST);
    model.late = true;
    return send();
  }

  function longer() {
    pause = Math.min(2 * pause, LONGEST);
    wait();
  }

  // Whenever Python has sent something. What is sent to it is the figure's state "edit".
  function heard(setStateValue) {
    deliver = (message) => setStateValue("edit", message);
    if (model.pending.length === 0) clearTimeout(timer);
    const other = model.pending.length > 0 && model.data.session !== session;
    if (other || model.pending.length === 0 || model.data.ack > ack) {
      pause = FIRST;
      model.late = false;
    }
    if (other) send();
    else if (model.pending.length > 0 && model.data.ack > ack) wait();
  }

  // On the figure's own element: which change is answered, and whether what is seen is Python's.
  function mark() {
    root.dataset.ack = `${model.data.ack}`;
    root.dataset.confirmed = `${isAcknowledged(model) && !model.gesture}`;
  }

  function destroy() {
    clearTimeout(timer);
    line.destroy();
  }

  return { send, heard, mark, destroy };
}

// Whether the line has been cut since it was last watched: on one that holds nothing is lost.
function watchLine() {
  let cut = false;
  const look = () => (cut ||= !isConnected());
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
