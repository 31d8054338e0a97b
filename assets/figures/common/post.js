// Sends what Python has not answered, and all of it again until it has.

import { createPatience } from "./patience.js";
import { isAcknowledged } from "./unanswered.js";

export function createPost(model, root, render) {
  let deliver = () => {};
  // Streamlit passes on only what differs from what it was told before.
  let times = 0;
  // What the last message was meant for, and what had been answered then.
  let session = null;
  let ack = 0;
  const patience = createPatience(send, say, greet);

  function send() {
    times += 1;
    session = model.data.session;
    ack = model.data.ack;
    patience.sent();
    deliver({ session, changes: [...model.pending], times });
    // At once, and not with the next frame: until Python answers nothing here is confirmed.
    root.dataset.confirmed = "false";
    render();
  }

  function say(late) {
    if (model.late === late) return;
    model.late = late;
    render();
  }

  // Behind a line that was cut there may be another server, or one that begins anew. Until it has run the
  // page it knows none of its fields, and what is changed there would be lost; Streamlit has it run nothing.
  function greet() {
    if (model.pending.length > 0) return;
    times += 1;
    deliver({ session: model.data.session, changes: [], times });
  }

  // Whenever Python has sent something. What is sent to it is the figure's state "edit".
  function heard(setStateValue) {
    deliver = (message) => setStateValue("edit", message);
    const { pending, data } = model;
    const other = pending.length > 0 && data.session !== session;
    const more = data.ack > ack;
    if (pending.length === 0) patience.rest();
    else if (other || more) patience.heard();
    if (other) send();
    else if (pending.length > 0 && more) {
      ack = data.ack;
      patience.wait();
    }
  }

  // On the figure's own element: which change is answered, and whether what is seen is Python's.
  function mark() {
    root.dataset.ack = `${model.data.ack}`;
    root.dataset.confirmed = `${isAcknowledged(model) && !model.gesture}`;
  }

  return { send, heard, mark, destroy: patience.destroy };
}
