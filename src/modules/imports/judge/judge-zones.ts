import { knownZones, type ZonePlan } from '#modules/grid/index.ts'
import type { RowFault, ZoneFile } from '../read/tables/zone-file.ts'
import { planZones } from './plan-zones.ts'
import type { TableScene } from './register.ts'

export interface JudgedFile {
  file: string
  counts: { new: number; update: number; unchanged: number; error: number }
  /** Codes of zones whose parent is unknown: new ones become roots, known ones keep their parent. */
  roots: string[]
  ignored: string[]
  hiddenRows: number
  faults: RowFault[]
  rows: { row: number; code: string; name: string | null; outcome: ZonePlan['outcome']; fields: string[] }[]
}

export interface ZonesPlan {
  judged: JudgedFile
  plans: ZonePlan[]
}

/** Judges a zone file. Changes nothing. */
export async function judgeZones(file: ZoneFile, { db }: TableScene): Promise<ZonesPlan> {
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
    hiddenRows: file.hiddenRows,
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
