/** What the arcs of a roster's network stand for. `cap` carries nothing but a limit. */
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
