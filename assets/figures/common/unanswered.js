// What the hand has changed and Python has not answered yet.
//
// Python is the truth. Each local change gets a number, `seq`, and is sent with all that Python has
// not acknowledged, since only the last of several messages arrives; Python applies each once.
//
// A message names the session that it is meant for. Where the server has lost that one, another answers,
// which knows no more than the address: what was on screen goes there first, and the changes after it.

export function unanswered() {
  return {
    seq: 0,
    // Changes that have no answer.
    pending: [],
    // Whether something is changed and not noted yet: a held key is one change once it has come to rest.
    resting: false,
    // Number of the change that restores what was on screen; 0 where there is none.
    restoring: 0,
    // Whether an answer is overdue.
    late: false,
  };
}

export function isAcknowledged(model) {
  return !model.resting && model.data.ack >= model.seq;
}

export function note(model, change) {
  model.seq += 1;
  model.resting = false;
  model.pending.push({ seq: model.seq, ...change });
}

// What is on screen is no longer what was changed.
export function forget(model) {
  Object.assign(model, { seq: model.data.ack, pending: [], resting: false, restoring: 0 });
}

// Takes what Python has sent. Returns whether it is a new beginning: the first that comes, or an
// exercise that was put back. `kept` says how to have what is on screen again.
export function receive(model, data, kept) {
  const before = model.data;
  const lost = before !== null && data.session !== before.session;
  if (lost) restore(model, data.ack, kept());
  model.data = data;
  const begins = before === null || (!lost && data.epoch !== before.epoch);
  if (begins) forget(model);
  model.pending = model.pending.filter(({ seq }) => seq > data.ack);
  model.seq = Math.max(model.seq, data.ack);
  // Until it is restored the other session has nothing to show.
  const { session, epoch, ack } = data;
  if (model.restoring > ack) model.data = { ...before, session, epoch, ack };
  return begins;
}

// How another session comes to show an exercise: by the code that was in the address, or where it is too
// large for one by the code of all but its map, and the cells of that.
export function restored({ link, cols }, cells) {
  if (link.code) return { restore: link.code };
  const changed = Array.from(cells, (value, i) => [Math.floor(i / cols), i % cols, value]);
  return { restore: link.frame, cells: changed, plane: [0, 0] };
}

// The other session counts from its own number on.
function restore(model, ack, kept) {
  const changes = [kept, ...model.pending.filter((change) => !("restore" in change))];
  model.pending = changes.map((change, k) => ({ ...change, seq: ack + 1 + k }));
  model.seq = ack + changes.length;
  model.restoring = ack + 1;
}
