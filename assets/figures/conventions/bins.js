// The bins as the stage has them, from the edges and what Python says of each.
export function binsOf({ box: { rows, cols }, bins }, width) {
  const wide = cols.starts.length;
  return bins.values.map((value, k) => {
    const [i, j, place] = [Math.floor(k / wide), k % wide, bins.places[k]];
    return {
      i,
      j,
      top: rows.starts[i],
      bottom: rows.stops[i],
      left: cols.starts[j],
      right: cols.stops[j],
      row: place < 0 ? -1 : Math.floor(place / width),
      col: place < 0 ? -1 : place % width,
      value: Number(value),
      empty: bins.empty[k],
      differs: bins.differs[k],
    };
  });
}
