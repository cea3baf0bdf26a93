/** Which moves the state of a task admits, and in which part somebody makes each. Pure. */
import type { MoveKind, TaskKind, TaskPart, TaskState } from '../words.ts'
import { stateOf, type TaskFacts } from './task-facts.ts'

const working: readonly TaskState[] = ['issued', 'accepted']
const live: readonly TaskState[] = ['issued', 'accepted', 'returned', 'reported', 'suspended']

/** In which states a move may be made. Whether something was asked for is checked beside. */
const admittedIn: Record<MoveKind, readonly TaskState[]> = {
  issue: ['draft'],
  accept: ['issued'],
  return: working,
  uphold: ['returned'],
  reissue: ['returned'],
  progress: working,
  report: working,
  pass: ['reported'],
  fail: ['reported'],
  reopen: ['closed'],
  ask_extension: working,
  grant_extension: working,
  refuse_extension: working,
  ask_suspension: working,
  suspend: working,
  refuse_suspension: working,
  resume: ['suspended'],
  settle: live,
  dispute: working,
  uphold_dispute: live,
  refuse_dispute: live,
  annul: [...live, 'closed'],
  carry: live,
  escalate: live,
  explain: live,
  comment: [...live, 'closed', 'cancelled'],
  cancel: live,
  revoke: ['returned', 'closed', 'cancelled'],
}

/** Who makes a move. `revoke`: whoever made the move that is taken back. */
const parts: Record<MoveKind, TaskPart> = {
  issue: 'issuer',
  accept: 'unit',
  return: 'unit',
  uphold: 'issuer',
  reissue: 'issuer',
  progress: 'unit',
  report: 'unit',
  pass: 'checker',
  fail: 'checker',
  reopen: 'issuer',
  ask_extension: 'unit',
  grant_extension: 'issuer',
  refuse_extension: 'issuer',
  ask_suspension: 'unit',
  suspend: 'office',
  refuse_suspension: 'office',
  resume: 'office',
  settle: 'service',
  dispute: 'unit',
  uphold_dispute: 'referee',
  refuse_dispute: 'referee',
  annul: 'referee',
  carry: 'issuer',
  escalate: 'service',
  explain: 'counsellor',
  comment: 'reader',
  cancel: 'issuer',
  revoke: 'author',
}

/** What the issuer decides of everything else, and of a case the city office alone. */
const ofTheOffice: readonly MoveKind[] = [
  'uphold',
  'reissue',
  'grant_extension',
  'refuse_extension',
  'cancel',
]

/** Who makes a move of a task of this kind. */
export function partOf(kind: MoveKind, taskKind: TaskKind): TaskPart {
  return taskKind === 'case' && ofTheOffice.includes(kind) ? 'office' : parts[kind]
}

/** Moves that only findings know: they can be disputed, and annulled on appeal. */
const ofFindings: readonly MoveKind[] = ['dispute', 'uphold_dispute', 'refuse_dispute', 'annul']

/** Whether the state of the task admits a move; who asks and what they bring is checked elsewhere. */
export function isAdmitted(task: TaskFacts, kind: MoveKind, taskKind: TaskKind): boolean {
  if (ofFindings.includes(kind) && taskKind !== 'case') return false
  if (kind === 'dispute') return task.disputedAt === null && admittedIn.dispute.includes(stateOf(task))
  if (kind === 'uphold_dispute' || kind === 'refuse_dispute') {
    if (task.disputedAt === null) return false
  }
  if (!admittedIn[kind].includes(stateOf(task))) return false
  if (kind === 'ask_extension' || kind === 'ask_suspension') return task.asked === null
  if (kind === 'grant_extension' || kind === 'refuse_extension') return task.asked === 'extension'
  if (kind === 'refuse_suspension') return task.asked === 'suspension'
  if (kind === 'suspend') return task.asked !== 'extension'
  return true
}

/**
 * Whether another unit may take it over at once, without a return: the one that owes it is closed, and nobody is just checking
 * what it reported.
 */
export const isOrphaned = (task: TaskFacts, unit: { closedAt: unknown }) =>
  unit.closedAt !== null && isLive(task) && stateOf(task) !== 'reported'

/** Whether it was issued, and neither signed off nor cancelled. */
export const isLive = (task: TaskFacts) => live.includes(stateOf(task))
