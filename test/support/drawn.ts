const day = 86_400_000

/** A number of these, drawn for today: others each day, and all of them in turn. */
export function drawnOf<Way>(ways: readonly Way[], count: number): readonly Way[] {
  const from = Math.floor(Date.now() / day) * count
  return Array.from({ length: Math.min(count, ways.length) }, (_, n) => ways[(from + n) % ways.length] as Way)
}
