// The pooled output of every channel, small, to compare and to choose one for the stage.

import { range } from "../common/colour.js";
import { fill } from "../common/text.js";
import { createThumbnails } from "./thumbnails.js";

export function createChannels(model, { commit }) {
  return createThumbnails(model, "channels", {
    outputs: ({ data }) => data.channels,
    // One for all of them, whatever the map of each has: what answers weakly looks weak.
    scale: (_, all) => range(all.flat().map(Number).filter(Number.isFinite)),
    title: ({ data }) => fill(data.text["channels.title"], { count: data.channels.length }),
    label: ({ data }, channel) => fill(data.text["channels.one"], { channel }),
    caption: (_, channel) => `${channel}`,
    chosen: ({ data }) => data.channel,
    pick: (channel) => commit({ channel }),
  });
}
