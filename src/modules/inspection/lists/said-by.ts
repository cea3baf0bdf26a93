import type { Judging } from '#modules/imports/index.ts'

/** All that a row says but its number, to tell whether two rows say the same. */
export function saidBy({ row: { entry } }: Judging): string {
  const { number: _, ...more } = entry.more ?? {}
  const sorted = (record: object) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([sorted({ ...entry, more: undefined }), sorted(more)])
}
