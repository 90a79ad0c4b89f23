/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** `count` of the faults, each kind in turn, so that literals do not outnumber conditions; the same for the same seed. */
export function sample(mutants, count, seed) {
  const random = randomOf(seed);
  const kinds = [...Map.groupBy(mutants, ({ kind }) => kind).values()].map((all) => [...all]);
  const chosen = [];
  while (chosen.length < count && kinds.some((all) => all.length > 0))
    for (const all of kinds) {
      if (all.length === 0 || chosen.length === count) continue;
      chosen.push(...all.splice(Math.floor(random() * all.length), 1));
    }
  return chosen;
}
