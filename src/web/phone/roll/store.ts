/** The one open roll of this phone: tapped at once, kept sealed, and sent whenever the service can be reached. */
import type { RollMark } from '#modules/attendance/words.ts'
import { callRoll, countGroup, listAllotments, type listMyDuties, readRoll } from '../../api/operations.ts'
import { ask, newKey } from '../../core/ask.ts'
import type { AnswerOf, InputOf } from '../../core/operation.ts'
import { Refused } from '../../core/refused.ts'
import { me } from '../../core/session.ts'
import { deviceNow } from '../../core/time.ts'
import { keepingOf } from '../kept/keeping.ts'
import { queueOf } from '../kept/queue.ts'
import { disk } from '../kept/seal.ts'
import { wakesWithPage } from '../kept/wakes.ts'
import * as kept from './kept.ts'
import * as heads from './kept-heads.ts'

type Entry = AnswerOf<typeof readRoll>['items'][number]
export type Duty = AnswerOf<typeof listMyDuties>['items'][number]

const keeping = keepingOf<kept.KeptRoll>('roll', disk, me.get)
const { put } = keeping
export const openRoll = keeping.value
export const unsaved = keeping.unsaved

const queue = queueOf({
  has: () => {
    const roll = openRoll.get()
    return roll !== undefined && kept.unsentOf(roll) > 0
  },
  async step() {
    const roll = openRoll.get()
    if (roll && !(await sendTaps(roll))) await sendCount(roll)
  },
  failed() {
    const now = openRoll.get()
    if (now) put(heads.uncounted(kept.unanswered(now)))
  },
})
wakesWithPage(queue)
export const sending = queue.state
export const send = queue.send

/** Takes up what an earlier visit left. */
export function takeUp(roll: kept.KeptRoll): void {
  openRoll.set(roll)
  void send()
}

/** Takes the roll away from this phone. What was not sent is lost. */
export async function discard(): Promise<void> {
  queue.stop()
  await keeping.discard()
}

const beforeOf = ({ attendance, answer, excusedAt }: Entry): kept.Before => {
  if (attendance?.checkOutAt) return 'left'
  if (attendance?.checkInAt) return attendance.grade === 'C' ? 'stated' : 'present'
  return answer === 'declined' || excusedAt !== null ? 'no' : 'open'
}

/**
 * Loads the roll of a shift in the place of the one before, which has nothing left to send. Loading the same again keeps
 * what nobody read yet.
 * @throws Refused, Unreachable
 */
export async function load(duty: Duty): Promise<void> {
  const entries: Entry[] = []
  let stamp = ''
  let loadedAt = 0
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { limit: 200, ...(cursor ? { cursor } : {}) }
    const asked = deviceNow()
    const page = await ask(readRoll, { params: { shiftId: duty.shiftId }, query })
    entries.push(...page.items)
    // The stamp was made between asking and answering.
    if (!stamp) [stamp, loadedAt] = [page.stamp, Math.round((asked + deviceNow()) / 2)]
    cursor = page.nextCursor
  }
  const before = openRoll.get()
  if (before && kept.unsentOf(before) > 0) return
  const { shiftId, zone, work, event, startsAt, endsAt } = duty
  const shift = {
    shiftId,
    work,
    startsAt,
    endsAt,
    zone: zone.name,
    event: event.name,
    timeZone: event.timeZone,
  }
  const places = entries.map((entry) => ({
    assignmentId: entry.assignmentId,
    name: entry.person.name,
    team: entry.team?.name ?? null,
    before: beforeOf(entry),
  }))
  const fresh = kept.newRoll(shift, { stamp, loadedAt, places, heads: await headsOf(duty) })
  put(before?.shift.shiftId === shiftId ? kept.renewed(before, fresh) : fresh)
}

/** The heads of the shift that were promised without names. Whoever may not read them counts none. */
async function headsOf({ event, shiftId }: Duty): Promise<heads.KeptHeads> {
  try {
    const query = { shiftId, limit: 200 }
    const { items } = await ask(listAllotments, { params: { eventId: event.id }, query })
    const unnamed = items.filter((each) => each.heads > each.named)
    const allotted = unnamed.map(({ id, team, heads: promised, named }) => ({
      id,
      team: team.name,
      unnamed: promised - named,
    }))
    return { ...heads.noHeads, allotted }
  } catch (error) {
    if (error instanceof Refused) return heads.noHeads
    throw error
  }
}

/** Counts the heads of a team, at this moment. It holds at once, with or without network. */
export function countHeads(allotmentId: string, numbers: heads.Numbers): void {
  const roll = openRoll.get()
  if (!roll) return
  put(heads.counted(roll, allotmentId, { ...numbers, operationId: `heads-${newKey()}`, at: deviceNow() }))
  void send()
}

/** The refusal of a count was read. */
export function readRefusal(allotmentId: string): void {
  const roll = openRoll.get()
  if (roll) put(heads.readRefusal(roll, allotmentId))
}

/** Marks people, at this moment. It holds at once, with or without network. */
export function mark(ids: readonly string[], is: RollMark): void {
  const roll = openRoll.get()
  if (!roll || ids.length === 0) return
  put(kept.marked(roll, ids, is, deviceNow()))
  // A moment, so that taps that follow one another go together, and a slip can be put right before anybody is told.
  queue.soon(1200)
}

/** The answers were read. */
export function readAnswers(): void {
  const roll = openRoll.get()
  if (roll) put(kept.read(roll))
}

/** Takes the roll away when nothing of it is needed any more. */
export function leaveRoll(): void {
  const roll = openRoll.get()
  if (roll && kept.isDone(roll)) void discard()
}

/** Sends one batch of taps. @returns whether there was one */
async function sendTaps(roll: kept.KeptRoll): Promise<boolean> {
  const ready = kept.batched(roll, `roll-${newKey()}`, deviceNow())
  const { batch } = ready
  if (!batch) return false
  if (ready !== roll) put(ready)
  await keeping.written()
  const body = kept.bodyOf(ready, batch, deviceNow()) as InputOf<typeof callRoll>['body']
  const { answers } = await ask(callRoll, { params: { shiftId: ready.shift.shiftId }, body })
  const now = openRoll.get()
  if (now?.batch?.operationId === batch.operationId) put(kept.answered(now, answers))
  return true
}

/** Refusals of a count by itself: another one may be taken. */
const refusals = [400, 404, 409, 422]

/** Sends one count of heads. */
async function sendCount(roll: kept.KeptRoll): Promise<void> {
  const [allotmentId, count] = heads.nextCount(roll) ?? []
  if (!allotmentId || !count) return
  await keeping.written()
  const body = heads.countBody(roll, count, deviceNow()) as InputOf<typeof countGroup>['body']
  const answer = await ask(countGroup, { params: { allotmentId }, body }).catch((error: unknown) => {
    if (!(error instanceof Refused) || !refusals.includes(error.problem.status)) throw error
    return error
  })
  const now = openRoll.get()
  if (!now) return
  const { present, adults, companions } = count
  const told =
    answer instanceof Refused
      ? { at: new Date(count.at).toISOString(), refused: answer.problem.text ?? answer.problem.detail ?? '' }
      : { at: answer.countedAt }
  put(heads.told(now, allotmentId, count, { present, adults, companions, ...told }))
}
