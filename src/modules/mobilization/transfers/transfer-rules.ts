import { type Accepted, admit, type Ground, whyNotHeads } from '../proposal/proposal-rules.ts'
import { minorsTooMany } from '../rules.ts'
import type { TransferRefusal } from '../words.ts'

/** Somebody who is to move. */
export interface Mover {
  /** The place they leave; for somebody without one `free:PERSON`. */
  id: string
  /** Which of the moves it belongs to. */
  move: number
  personId: string
  teamId: string
  /** The group whose escorts count for its minors: the unit, else the team. */
  group: string
  fromShiftId: string | null
  toShiftId: string
  allotmentId: string | null
  minor: boolean
  escort: boolean
  teacher: boolean
}

/** A team that moves whole from a shift, with its heads without names; or heads that have no place yet. */
export interface Block {
  move: number
  teamId: string
  fromShiftId: string | null
  toShiftId: string
  allotmentId: string | null
  /** Heads without names, and the minors among them. */
  heads: number
  minors: number
}

/** So many of the movers of this move are wanted, the first who can. */
export interface Wanted {
  move: number
  people: number
}

export interface Transfer {
  movers: readonly Mover[]
  blocks: readonly Block[]
  wanted: readonly Wanted[]
  /** Known before anything is judged. */
  refused: ReadonlyMap<string, TransferRefusal>
}

/** What stands on a shift, of one group or class, without whoever leaves. */
export interface Part {
  minors: number
  escorts: number
}

export interface Judgement {
  /** By mover. */
  accepted: ReadonlyMap<string, Accepted>
  refused: ReadonlyMap<string, TransferRefusal>
  /** By move: whether its heads without names move, or why they do not. */
  blocks: ReadonlyMap<number, TransferRefusal | null>
}

/** The facts that the rules about whoever stays need. */
export interface Remaining {
  /** Minors and escorts with a seat of their own before the transfer, by `SHIFT GROUP`. */
  groups: ReadonlyMap<string, Part>
  /** Heads and minors of an allotment before the transfer. */
  allotments: ReadonlyMap<string, { heads: number; minors: number }>
  /** Of each class that moves in part: minors and own teachers with a seat of their own, by shift, without the movers. */
  classes: ReadonlyMap<string, ReadonlyMap<string, Part>>
  minorsPerAdult: number
}

/**
 * Judges all moves together, by the rules of every placement and by those about whoever stays behind: minors keep their
 * escorts, and each part of a class its own teacher. Whoever cannot go stays; the rest is judged again without them, until
 * nothing changes. `groundOf` answers a fresh ground from which all movers but the refused have left. Pure.
 */
export function judgeTransfer(
  transfer: Transfer,
  remaining: Remaining,
  groundOf: (stay: ReadonlySet<string>, blocked: ReadonlySet<number>) => Ground,
): Judgement {
  const refused = new Map(transfer.refused)
  const blocked = new Map<number, TransferRefusal>()
  for (;;) {
    const found = judgeOnce(
      transfer,
      { refused, blocked },
      groundOf(new Set(refused.keys()), new Set(blocked.keys())),
    )
    const before = refused.size + blocked.size
    for (const [id, because] of found.refused) refused.set(id, because)
    for (const [move, because] of found.blocked) blocked.set(move, because)
    if (refused.size + blocked.size === before) {
      for (const [id, because] of leftBehind(transfer, found.accepted, remaining)) refused.set(id, because)
    }
    if (refused.size + blocked.size === before) {
      const blocks = new Map(transfer.blocks.map(({ move }) => [move, blocked.get(move) ?? null]))
      return { accepted: found.accepted, refused, blocks }
    }
  }
}

interface Known {
  refused: ReadonlyMap<string, TransferRefusal>
  blocked: ReadonlyMap<number, TransferRefusal>
}

function judgeOnce({ movers, blocks, wanted }: Transfer, known: Known, ground: Ground) {
  const accepted = new Map<string, Accepted>()
  const refused = new Map<string, TransferRefusal>()
  const blocked = new Map<number, TransferRefusal>()
  const go = movers.filter(({ id }) => !known.refused.has(id))
  for (const block of blocks) {
    if (known.blocked.has(block.move)) continue
    const own = go.filter((mover) => mover.move === block.move && travelsIn(block, mover))
    const heads = block.heads + own.length
    const minors = block.minors + own.filter(({ minor }) => minor).length
    const because = whyNotHeads(ground.shifts.get(block.toShiftId), { heads, minors }, ground.minorsPerAdult)
    if (because) {
      blocked.set(block.move, because)
      for (const { id } of own) refused.set(id, because)
      continue
    }
    ground.shifts.get(block.toShiftId)!.left -= heads
    const key = `${block.toShiftId} ${block.teamId}`
    const there = ground.heads.get(key)
    ground.heads.set(key, { allotmentId: ownHead, left: own.length })
    judgePeople(own, ground, { accepted, refused })
    // Whoever of them cannot go takes no place away from those judged next.
    ground.shifts.get(block.toShiftId)!.left += own.filter(({ id }) => refused.has(id)).length
    if (there) ground.heads.set(key, there)
    else ground.heads.delete(key)
  }
  const inBlock = new Set(
    blocks.flatMap((block) =>
      go.filter((m) => m.move === block.move && travelsIn(block, m)).map(({ id }) => id),
    ),
  )
  const alone = go.filter(({ id }) => !inBlock.has(id))
  judgePeople(
    alone.filter(({ fromShiftId }) => fromShiftId !== null),
    ground,
    { accepted, refused },
  )
  for (const { move, people } of wanted) {
    const free = alone.filter((mover) => mover.move === move)
    const found = { accepted: new Map<string, Accepted>(), refused: new Map<string, TransferRefusal>() }
    for (const one of [...free.filter(({ minor }) => !minor), ...free.filter(({ minor }) => minor)]) {
      if (found.accepted.size < people) judgePeople([one], ground, found)
    }
    for (const [id, each] of found.accepted) accepted.set(id, each)
    // Whoever was passed over is not refused, as long as there are enough others.
    if (found.accepted.size < people) for (const [id, because] of found.refused) refused.set(id, because)
  }
  return { accepted, refused, blocked }
}

/** Stands for the head that travels with its person. */
export const ownHead = 'own'

const travelsIn = ({ allotmentId }: Block, mover: Mover) =>
  allotmentId !== null && mover.allotmentId === allotmentId

function judgePeople(
  movers: readonly Mover[],
  ground: Ground,
  into: { accepted: Map<string, Accepted>; refused: Map<string, TransferRefusal> },
): void {
  const byPlace = new Map(movers.map((mover) => [`${mover.personId} ${mover.toShiftId}`, mover.id]))
  const proposed = movers.map(({ personId, teamId, toShiftId }) => ({ personId, teamId, shiftId: toShiftId }))
  const { accepted, refused, gone } = admit(proposed, ground)
  for (const each of accepted) into.accepted.set(byPlace.get(`${each.personId} ${each.shiftId}`)!, each)
  for (const { personId, shiftId, because } of refused) {
    into.refused.set(byPlace.get(`${personId} ${shiftId}`)!, because)
  }
  const left = new Set(gone)
  for (const mover of movers) if (left.has(mover.personId)) into.refused.set(mover.id, 'left_team')
}

/** Who must stay so that the minors who stay, or who come, have who the rules ask for. */
function leftBehind(
  { movers, blocks }: Transfer,
  accepted: ReadonlyMap<string, Accepted>,
  remaining: Remaining,
): Map<string, TransferRefusal> {
  const stay = new Map<string, TransferRefusal>()
  const going = movers.filter(({ id }) => accepted.has(id))
  const seated = (mover: Mover) => accepted.get(mover.id)?.allotmentId === null
  const parting = going.filter(({ allotmentId, fromShiftId }) => allotmentId === null && fromShiftId !== null)
  for (const [key, own] of Map.groupBy(parting, ({ fromShiftId, group }) => `${fromShiftId} ${group}`)) {
    const before = remaining.groups.get(key) ?? { minors: 0, escorts: 0 }
    const come = going.filter((each) => `${each.toShiftId} ${each.group}` === key && seated(each))
    const after = {
      minors: before.minors - count(own, 'minor') + count(come, 'minor'),
      escorts: before.escorts - count(own, 'escort') + count(come, 'escort'),
    }
    if (worse(before, after, remaining)) {
      for (const { id, escort } of own) if (escort) stay.set(id, 'escort_needed')
    }
  }
  const named = going.filter(
    (mover) =>
      mover.allotmentId !== null &&
      !blocks.some((block) => block.move === mover.move && travelsIn(block, mover)),
  )
  for (const [allotmentId, own] of Map.groupBy(named, ({ allotmentId }) => allotmentId as string)) {
    const { heads, minors } = remaining.allotments.get(allotmentId) ?? { heads: 0, minors: 0 }
    const left = minors - count(own, 'minor')
    const before = { minors, escorts: heads - minors }
    const after = { minors: left, escorts: heads - own.length - left }
    if (worse(before, after, remaining)) {
      for (const { id, minor } of own) if (!minor) stay.set(id, 'escort_needed')
    }
  }
  for (const [teamId, own] of Map.groupBy(going.filter(seated), ({ teamId }) => teamId)) {
    for (const [id, because] of splitClass(own, remaining.classes.get(teamId))) stay.set(id, because)
  }
  return stay
}

const count = (movers: readonly Mover[], what: 'minor' | 'escort' | 'teacher') =>
  movers.filter((mover) => mover[what]).length

function worse(before: Part, after: Part, { minorsPerAdult }: Remaining): boolean {
  const tooMany = ({ minors, escorts }: Part) => minorsTooMany(minors, escorts, minorsPerAdult)
  return tooMany(after) > tooMany(before)
}

/** Each part of a class that is on several shifts has one of its own teachers. */
function splitClass(own: readonly Mover[], rest: ReadonlyMap<string, Part> | undefined) {
  const stay = new Map<string, TransferRefusal>()
  const parts = new Map([...(rest ?? [])].map(([shiftId, part]) => [shiftId, { ...part }]))
  for (const { toShiftId, minor, teacher } of own) {
    const part = parts.get(toShiftId) ?? { minors: 0, escorts: 0 }
    parts.set(toShiftId, part)
    part.minors += Number(minor)
    part.escorts += Number(teacher)
  }
  const withMinors = [...parts].filter(([, { minors }]) => minors > 0)
  if (withMinors.length < 2) return stay
  const alone = new Set(withMinors.filter(([, { escorts }]) => escorts === 0).map(([shiftId]) => shiftId))
  for (const { id, toShiftId, fromShiftId, minor, teacher } of own) {
    if (alone.has(toShiftId) && minor) stay.set(id, 'ratio')
    else if (fromShiftId !== null && alone.has(fromShiftId) && teacher) stay.set(id, 'escort_needed')
  }
  if (stay.size === 0) {
    // A class whose guardians came along instead of a teacher does not split.
    for (const { id, fromShiftId, minor } of own) {
      if (fromShiftId !== null && alone.has(fromShiftId) && minor) stay.set(id, 'ratio')
    }
  }
  return stay
}
