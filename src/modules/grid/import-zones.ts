import { and, inArray, not } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { readWorkbook } from '#platform/files/index.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { planZones, type ZonePlan } from './plan-zones.ts'
import { readFeatureCollection } from './read-geojson.ts'
import { readZoneTable } from './read-zone-table.ts'
import { knownZones, writePlans } from './save-zones.ts'
import { zones } from './schema.ts'
import { zonesWithin } from './scope.ts'
import type { RowFault, ZoneFile } from './zone-records.ts'

/** JSON is parsed where the service runs, so it stays small enough not to hold anybody up. */
export const geojsonBytesMax = 8 * 1024 * 1024

/**
 * Reads a file of zones: GeoJSON by its first character, otherwise a spreadsheet (.xlsx, .csv).
 * @throws DomainError `geojson.…`, `table.headings-missing`, `file.…`
 */
export async function readZoneFile(name: string, data: Buffer): Promise<ZoneFile> {
  const start = data
    .subarray(0, 64)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (start.startsWith('{')) {
    if (data.length > geojsonBytesMax) {
      const message = `A GeoJSON file has at most ${geojsonBytesMax / 1024 / 1024} MB.`
      throw new DomainError('too_large', 'geojson.too-large', message)
    }
    return readFeatureCollection(name, data.toString('utf8').replace(/^\ufeff/, ''))
  }
  const workbook = await readWorkbook(data)
  const sheet = workbook.sheets.find(({ rows }) => rows.length > 0)
  if (!sheet) throw new DomainError('invalid', 'table.empty', 'The file holds no rows.')
  return readZoneTable(name, sheet)
}

export interface JudgedFile {
  file: string
  counts: { new: number; update: number; unchanged: number; error: number }
  /** Codes of zones whose parent is nowhere: they become roots. */
  roots: string[]
  ignored: string[]
  faults: RowFault[]
  rows: { row: number; code: string; name: string | null; outcome: ZonePlan['outcome']; fields: string[] }[]
}

/** What importing a file would do. Changes nothing. */
export async function judgeZones(
  db: Reader,
  file: ZoneFile,
): Promise<{ judged: JudgedFile; plans: ZonePlan[] }> {
  const codes = file.records.flatMap(({ code, parentCode }) => (parentCode ? [code, parentCode] : [code]))
  const known = await knownZones(db, codes)
  const broken = new Set(
    file.faults.filter(({ column }) => column !== 'code').flatMap((fault) => fault.code ?? []),
  )
  const { plans, faults, roots } = planZones(file.records, known, broken)
  const all = [...file.faults, ...faults].sort((a, b) => a.row - b.row)
  const count = (outcome: ZonePlan['outcome']) => plans.filter((plan) => plan.outcome === outcome).length
  const judged: JudgedFile = {
    file: file.name,
    counts: {
      new: count('new'),
      update: count('update'),
      unchanged: count('unchanged'),
      error: new Set(all.map(({ row }) => row)).size,
    },
    roots,
    ignored: file.ignored,
    faults: all,
    rows: plans
      .map((plan) => ({
        row: plan.record.row,
        code: plan.record.code,
        name: plan.record.name ?? ('zone' in plan ? plan.zone.name : null),
        outcome: plan.outcome,
        fields: plan.outcome === 'update' ? plan.fields : [],
      }))
      .sort((a, b) => a.row - b.row),
  }
  return { judged, plans }
}

/**
 * Imports the rows that can be taken, as one transaction. The same file again changes nothing.
 * @throws DomainError `zone.out-of-reach` when a zone lies outside the districts of `by`, `zone.cycle`
 */
export async function importZones(
  tx: Writer,
  files: readonly ZoneFile[],
  { by, at }: { by: Actor; at: DateTime },
): Promise<JudgedFile[]> {
  const answers: JudgedFile[] = []
  for (const file of files) {
    const { judged, plans } = await judgeZones(tx, file)
    const touched = await writePlans(tx, plans, at)
    await refuseOutOfReach(tx, touched, by)
    answers.push(judged)
    if (touched.length === 0) continue
    const { new: created, update: updated } = judged.counts
    await record(tx, { action: 'zones.imported', subject: 'zones', by, at, details: { created, updated } })
  }
  return answers
}

async function refuseOutOfReach(db: Reader, ids: readonly string[], by: Actor): Promise<void> {
  const within = zonesWithin(reachOf(by, 'grid.edit'))
  if (!within) return
  await inChunks(ids, 500, async (some) => {
    const [outside] = await db
      .select({ code: zones.code, name: zones.name })
      .from(zones)
      .where(and(inArray(zones.id, some), not(within)))
      .limit(1)
    if (!outside) return
    throw new DomainError('forbidden', 'zone.out-of-reach', 'A zone lies outside your districts.', {
      code: outside.code,
    })
  })
}
