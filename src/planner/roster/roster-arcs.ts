/** The meaning of the arcs of a roster's network. `cap` is only a capacity. */
export const rosterArcs = {
  cap: 0,
  member: 1,
  entry: 2,
  place: 3,
  skill: 4,
  minimum: 5,
  target: 6,
  above: 7,
} as const
