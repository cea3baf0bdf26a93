/** What of a round is edited in the form. */
import type { PointClass, RoundKind } from '#modules/inspection/words.ts'
import type { changeRound, createRound, Round } from '../../api/operations.ts'
import { changedFields } from '../../core/draft.ts'
import type { InputOf } from '../../core/operation.ts'
import type { Refused } from '../../core/refused.ts'
import { instantOf, type Wall, wallOf } from '../../core/time.ts'
import type { Words } from '../../words/index.ts'
import type { RoundWords } from '../words/rounds-zh.ts'

export interface RoundFields extends Record<string, unknown> {
  title: string
  kind: RoundKind
  schemeId: string | null
  issuerUnitId: string | null
  opensAt: Wall | null
  endsAt: Wall | null
  size: number | null
  reserve: number | null
  districtCodes: readonly string[]
  pointClasses: readonly PointClass[]
  campaignId: string | null
  checkUnitId: string | null
}
export type RoundField =
  | 'title'
  | 'kind'
  | 'schemeId'
  | 'issuerUnitId'
  | 'opensAt'
  | 'endsAt'
  | 'size'
  | 'reserve'
  | 'districtCodes'
  | 'pointClasses'
  | 'campaignId'
  | 'checkUnitId'

export const newRoundFields = (today: Wall): RoundFields => ({
  ...{ title: '', kind: 'monthly', schemeId: null, issuerUnitId: null },
  ...{ opensAt: `${today.slice(0, 10)}T08:00`, endsAt: null, size: 60, reserve: 2 },
  ...{ districtCodes: [], pointClasses: [], campaignId: null, checkUnitId: null },
})

export function fieldsOf(round: Round, zone: string): RoundFields {
  const { title, kind, scheme, issuer, spec, campaignId, checkUnitId } = round
  return {
    ...{ title, kind, schemeId: scheme.id, issuerUnitId: issuer.id, campaignId, checkUnitId },
    ...{ opensAt: wallOf(round.opensAt, zone), endsAt: wallOf(round.endsAt, zone) },
    ...{ size: spec.size, reserve: spec.reserve ?? 0 },
    districtCodes: spec.districtCodes ?? [],
    pointClasses: spec.pointClasses ?? [],
  }
}

export function problemsOf(
  fields: RoundFields,
  w: Words,
  r: RoundWords,
): Partial<Record<RoundField, string>> {
  const { title, opensAt, endsAt } = fields
  const needed = (['schemeId', 'issuerUnitId', 'opensAt', 'endsAt', 'size', 'reserve'] as const).filter(
    (field) => fields[field] === null,
  )
  const missing = Object.fromEntries(needed.map((field) => [field, w.field.missing]))
  const early = opensAt !== null && endsAt !== null && endsAt <= opensAt
  return {
    ...(title.trim() === '' ? { title: w.field.missing } : {}),
    ...missing,
    ...(early ? { endsAt: r.endsEarly } : {}),
  }
}

type Creation = InputOf<typeof createRound>['body']
type Change = InputOf<typeof changeRound>['body']

export function bodyOf(fields: RoundFields, zone: string): Creation {
  const { title, kind, schemeId, issuerUnitId, opensAt, endsAt, campaignId, checkUnitId } = fields
  const { size, reserve, districtCodes, pointClasses } = fields
  return {
    ...{ title: title.trim(), kind, schemeId: schemeId ?? '', issuerUnitId: issuerUnitId ?? '' },
    ...{ opensAt: instantOf(opensAt ?? '', zone), endsAt: instantOf(endsAt ?? '', zone) },
    ...{ campaignId, checkUnitId },
    spec: {
      ...{ size: size ?? 1, reserve: reserve ?? 0 },
      ...{ districtCodes: [...districtCodes], pointClasses: [...pointClasses] },
    },
  }
}

/** Only what differs from `base`; what is drawn goes as a whole. */
export function changeOf(base: RoundFields, fields: RoundFields, zone: string): Change {
  const { kind: _, schemeId: __, issuerUnitId: ___, ...body } = bodyOf(fields, zone)
  const drawn: readonly string[] = ['size', 'reserve', 'districtCodes', 'pointClasses']
  const parts = changedFields(base, fields).map((field) => (drawn.includes(field) ? 'spec' : field))
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => parts.includes(name as (typeof parts)[number])),
  ) as Change
}

const byCode: Readonly<Record<string, RoundField>> = {
  'scheme.missing': 'schemeId',
  'scheme.closed': 'schemeId',
  'scheme.not_published': 'schemeId',
  'campaign.missing': 'campaignId',
  'unit.missing': 'issuerUnitId',
  'period.invalid': 'endsAt',
}

/** The field a refusal is about, where it is about one. */
export const fieldOf = ({ problem: { code } }: Refused): RoundField | undefined => byCode[code]
