// The picture and what is looked at of it, in the address: a reload and a link open the same.

import { scene } from "../common/model.js";
import { DRAWN_FIRST } from "./model.js";

// A picture of one's own stays where it is: the address says only that it was one.
const OWN = "own";

// What the address says: nothing of what a page without it would show.
export function toldOf(model) {
  const { data } = model;
  const told = (value, start) => (value === start || isOwn(data) ? null : `${value}`);
  const view = {
    step: told(scene(model).kind, data.scenes[0].kind),
    proposal: told(model.proposal, data.start.proposal),
    channel: told(model.channel, data.start.channel),
    sections: told(model.sections, data.scored),
    first: told(model.wanted, Math.min(DRAWN_FIRST, data.proposals.count)),
  };
  const isOpening = data.name === data.opening && Object.values(view).every((value) => value === null);
  return { picture: isOpening ? null : isOwn(data) ? OWN : data.name, ...view };
}

function isOwn({ name }) {
  return name.startsWith(OWN);
}

// What an address asks to look at of a picture; of what it says only what there is.
export function lookIn(address, data) {
  const { searchParams } = new URL(address);
  if ((searchParams.get("picture") ?? data.opening) !== data.name) return {};
  const most = { proposal: data.proposals.count - 1, channel: data.channels - 1, sections: data.mostSections, first: data.proposals.count };
  const least = { sections: 1, first: 1 };
  const look = {};
  for (const name of Object.keys(most)) {
    const value = Number(searchParams.get(name) ?? NaN);
    if (Number.isInteger(value) && (least[name] ?? 0) <= value && value <= most[name]) look[name] = value;
  }
  const step = data.scenes.findIndex(({ kind }) => kind === searchParams.get("step"));
  return step < 0 ? look : { ...look, step };
}
