/** Writes the plans of zone and duty lists, with the functions of grid. */
import { type SavedResponsibilities, saveResponsibilities, saveZones } from '#modules/grid/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { reachesNothing } from '#platform/http/access.ts'
import type { JudgedResponsibilities } from '../judge/judge-responsibilities.ts'
import type { ZonesPlan } from '../judge/judge-zones.ts'
import type { TableWriting } from '../judge/register.ts'

/**
 * Writes the valid zones of one file. Importing the same file again changes nothing.
 * @throws DomainError `zone.out_of_reach` when a zone lies outside the districts of `by`, `zone.cycle`
 */
export async function writeZones(
  tx: Writer,
  { judged, plans }: ZonesPlan,
  { gate, by, at }: TableWriting,
): Promise<void> {
  const reach = gate.reachOf('zones') ?? reachesNothing
  if ((await saveZones(tx, plans, { reach, at })) === 0) return
  const { new: created, update: updated } = judged.counts
  await record(tx, { action: 'zones.imported', subject: 'zones', by, at, details: { created, updated } })
}

/** Writes the judged responsibilities of a table. */
export function writeResponsibilities(
  tx: Writer,
  { inputs }: JudgedResponsibilities,
  { keys, by, at, today }: TableWriting,
): Promise<SavedResponsibilities> {
  return saveResponsibilities(tx, keys, inputs, { by, at, today })
}
