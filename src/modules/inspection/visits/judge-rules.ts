/** What becomes of each entry that a phone sent: nothing that was seen is thrown away without being told. Pure. */
import { type Threshold, worthOf, worthOfCount } from '../scoring/scoring-rules.ts'
import type { AnswerKind, ObservationAnswer, PhotoRule, PointClass, StandardClass } from '../words.ts'

export interface JudgedStandard {
  id: string
  schemeId: string
  pointClass: StandardClass
  answer: AnswerKind
  thresholds: readonly Threshold[] | null
  mayNotApply: boolean
  photo: PhotoRule
}

export interface SentEntry {
  standardId: string
  sequence?: number
  answer?: ObservationAnswer | null
  count?: number | null
  note?: string | null
  pictureIds?: readonly string[]
}

export interface TakenEntry {
  entry: number
  standardId: string
  sequence: number
  answer: ObservationAnswer
  count: number | null
  score: number | null
  note: string | null
  pictureIds: string[]
}

export type EntryCode =
  | 'observation.standard_unknown'
  | 'observation.other_class'
  | 'observation.twice'
  | 'observation.answer_missing'
  | 'observation.count_missing'
  | 'observation.count_below_zero'
  | 'observation.answer_unfit'
  | 'observation.must_apply'
  | 'observation.reason_missing'
  | 'observation.picture_needed'
  | 'observation.picture_twice'

export interface EntryRemark {
  entry: number
  code: EntryCode
  kept: boolean
  pictureIds: string[]
}

interface Where {
  schemeId: string
  /** Null: at no point, so that standards of every class fit. */
  pointClass: PointClass | null
  standards: ReadonlyMap<string, JudgedStandard>
}

/** Judges the entries of a visit, each by itself, in the order in which they were sent. */
export function judgeEntries(
  sent: readonly SentEntry[],
  where: Where,
): { taken: TakenEntry[]; remarks: EntryRemark[] } {
  const taken: TakenEntry[] = []
  const remarks: EntryRemark[] = []
  const places = new Set<string>()
  const pictures = new Set<string>()
  for (const [entry, one] of sent.entries()) {
    const pictureIds = [...(one.pictureIds ?? [])]
    const own = pictureIds.filter((id, n) => pictureIds.indexOf(id) === n && !pictures.has(id))
    const standard = where.standards.get(one.standardId)
    const sequence = one.sequence ?? 1
    const place = `${one.standardId} ${sequence}`
    const code = places.has(place) ? 'observation.twice' : faultOf(one, standard, where)
    for (const id of own) pictures.add(id)
    if (code || !standard) {
      remarks.push({ entry, code: code ?? 'observation.standard_unknown', kept: false, pictureIds: own })
      continue
    }
    places.add(place)
    if (own.length < pictureIds.length)
      remarks.push({ entry, code: 'observation.picture_twice', kept: true, pictureIds: [] })
    const scored = scoreOf(one, standard)
    if (own.length === 0 && needsPicture(standard, scored.score, scored.answer))
      remarks.push({ entry, code: 'observation.picture_needed', kept: true, pictureIds: [] })
    const { standardId, note = null } = one
    taken.push({ entry, standardId, sequence, ...scored, note, pictureIds: own })
  }
  return { taken, remarks }
}

function faultOf(one: SentEntry, standard: JudgedStandard | undefined, where: Where): EntryCode | null {
  if (!standard || standard.schemeId !== where.schemeId) return 'observation.standard_unknown'
  const { pointClass } = standard
  if (where.pointClass !== null && pointClass !== 'common' && pointClass !== where.pointClass)
    return 'observation.other_class'
  const { answer = null, count = null } = one
  if (answer === 'not_applicable') {
    if (!standard.mayNotApply) return 'observation.must_apply'
    return one.note ? null : 'observation.reason_missing'
  }
  if (answer === 'not_seen') return null
  if (standard.answer === 'count') {
    if (count === null) return 'observation.count_missing'
    return count < 0 ? 'observation.count_below_zero' : null
  }
  if (count !== null) return count < 0 ? 'observation.count_below_zero' : 'observation.answer_unfit'
  return answer === null ? 'observation.answer_missing' : null
}

/** Of a count the answer follows from what it is worth. */
function scoreOf(
  { answer = null, count = null }: SentEntry,
  { answer: kind, thresholds }: JudgedStandard,
): Pick<TakenEntry, 'answer' | 'count' | 'score'> {
  if (answer === 'not_applicable' || answer === 'not_seen') return { answer, count: null, score: null }
  if (kind === 'met') return { answer: answer!, count: null, score: worthOf(answer!) }
  const score = worthOfCount(count!, thresholds ?? [])
  return { answer: score === 1 ? 'met' : score === 0 ? 'not' : 'partly', count, score }
}

function needsPicture({ photo }: JudgedStandard, score: number | null, answer: ObservationAnswer): boolean {
  if (photo === 'never' || answer === 'not_applicable' || answer === 'not_seen') return false
  return photo === 'always' || (score !== null && score < 1)
}

/** 未见: said so, or nothing was sent although the class asks for it. */
export function unseenOf(
  taken: readonly Pick<TakenEntry, 'standardId' | 'answer'>[],
  asked: readonly { id: string; observations: number }[],
): number {
  const of = Map.groupBy(taken, ({ standardId }) => standardId)
  const said = taken.filter(({ answer }) => answer === 'not_seen').length
  const missing = asked.reduce((sum, { id, observations }) => {
    const sent = of.get(id) ?? []
    // Whoever says that a standard does not apply has said it for all of its observations.
    if (sent.some(({ answer }) => answer === 'not_applicable')) return sum
    return sum + Math.max(0, observations - sent.length)
  }, 0)
  return said + missing
}
