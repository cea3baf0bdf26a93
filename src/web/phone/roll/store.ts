/** The one open roll of this phone: tapped at once, kept sealed, and sent whenever the service can be reached. */
import type { RollMark } from '#modules/attendance/words.ts'
import {
  callRoll,
  countGroup,
  listAllotments,
  type listMyDuties,
  type MeView,
  readRoll,
} from '../../api/operations.ts'
import { ask, newKey } from '../../core/ask.ts'
import type { AnswerOf, InputOf } from '../../core/operation.ts'
import { Refused } from '../../core/refused.ts'
import { me } from '../../core/session.ts'
import { storeOf } from '../../core/store.ts'
import { deviceNow, serverTimeIs } from '../../core/time.ts'
import * as kept from './kept.ts'
import * as heads from './kept-heads.ts'
import { canKeep, seal, unseal, wipe } from './seal.ts'

type Entry = AnswerOf<typeof readRoll>['items'][number]
export type Duty = AnswerOf<typeof listMyDuties>['items'][number]

/** What is sealed: the roll, and whose it is. */
interface Record {
  user: MeView
  roll: kept.KeptRoll
}

/** `waits`: no answer; sent again by itself. `refused`: the service takes none of it. */
export type Sending = 'idle' | 'sending' | 'waits' | Refused

export const openRoll = storeOf<kept.KeptRoll | undefined>(undefined)
export const sending = storeOf<Sending>('idle')

let writes: Promise<unknown> = Promise.resolve()
let retry: ReturnType<typeof setTimeout> | undefined

/** What an earlier visit left, for whoever it belongs to. What is too old is taken away. */
export async function leftBehind(): Promise<Record | undefined> {
  const found = (await unseal()) as Record | undefined
  if (!found) return undefined
  if (kept.isOld(found.roll, deviceNow())) {
    await wipe()
    return undefined
  }
  return found
}

/** Takes up what an earlier visit left. Without the service, the page is opened as the user it belongs to. */
export function takeUp({ user, roll }: Record): void {
  if (!me.get()) {
    me.set(user)
    serverTimeIs(new Date(kept.stampedAt(roll) + deviceNow() - roll.loadedAt).toISOString())
  }
  openRoll.set(roll)
  void send()
}

function put(roll: kept.KeptRoll): void {
  openRoll.set(roll)
  const user = me.get()
  if (!canKeep || !user) return
  // One after the other: the last state is what stays.
  writes = writes.then(() => (openRoll.get() === roll ? seal({ user, roll } satisfies Record) : undefined))
  writes = writes.catch(() => undefined)
}

/** Takes the roll away from this phone. What was not sent is lost. */
export async function discard(): Promise<void> {
  clearTimeout(retry)
  openRoll.set(undefined)
  sending.set('idle')
  await writes
  await wipe()
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
  clearTimeout(retry)
  // A moment, so that taps that follow one another go together, and a slip can be put right before anybody is told.
  retry = setTimeout(() => void send(), 1200)
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

/** Sends what was tapped. When nobody answers it is sent again by itself, until somebody does. */
export async function send(): Promise<void> {
  clearTimeout(retry)
  if (sending.get() === 'sending') return
  for (;;) {
    const roll = openRoll.get()
    if (!roll || kept.unsentOf(roll) === 0) {
      if (roll) sending.set('idle')
      return
    }
    sending.set('sending')
    try {
      if (!(await sendTaps(roll))) await sendCount(roll)
    } catch (error) {
      const now = openRoll.get()
      if (now) put(heads.uncounted(kept.unanswered(now)))
      if (error instanceof Refused && ![429, 500, 502, 503, 504].includes(error.problem.status)) {
        sending.set(error)
        return
      }
      sending.set('waits')
      retry = setTimeout(() => void send(), 8_000)
      return
    }
  }
}

/** Sends one batch of taps. @returns whether there was one */
async function sendTaps(roll: kept.KeptRoll): Promise<boolean> {
  const ready = kept.batched(roll, `roll-${newKey()}`, deviceNow())
  const { batch } = ready
  if (!batch) return false
  if (ready !== roll) put(ready)
  await writes
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
  await writes
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

const sendAgain = () => {
  if (sending.get() === 'waits') void send()
}
window.addEventListener('online', sendAgain)
document.addEventListener('visibilitychange', sendAgain)
