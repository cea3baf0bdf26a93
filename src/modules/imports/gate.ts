/** Access control of imports: what the importer sees, what they may write, and their budget for looking up numbers. */
import {
  alarmOf,
  anySpent,
  coversTeam,
  coversUnit,
  mayMoveDistrict,
  type NumberTry,
  type Spending,
  spendLookups,
  type UnitLocation,
} from '#modules/organisation/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { type Actor, may, type Reach, reachOf } from '#platform/http/access.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import type { ImportRow, StoredReach } from './schema.ts'

/** The name of a register, and the permission that the same edit needs when made by hand. */
export interface Guarded {
  readonly name: string
  readonly permission: string
}

/**
 * What this actor may see and write by importing. A register may be written where one grant contains both the import
 * permission and the permission of the same edit by hand.
 * @param importing the permission of the import itself
 * @throws DomainError forbidden `access.denied` without it
 */
export function gatedReachOf(
  actor: Actor,
  registers: readonly Guarded[],
  importing = 'imports.run',
): StoredReach {
  const grants = actor.grants.filter(({ permissions }) => permissions.has(importing))
  const importer = { ...actor, grants }
  const written = registers.map(({ name, permission }) => {
    return [name, may(importer, permission) ? reachOf(importer, permission) : null] as const
  })
  const none = { units: null, teams: null, persons: null }
  return { ...none, ...Object.fromEntries(written), ...reachOf(actor, importing) }
}

/**
 * The reach of an import when a user acts on it: that of the user who started it (the present one, if it is they who
 * act). Another user who helps does not widen it, because the starter would see that user's data in the preview.
 */
export function reachFor(
  row: { startedBy: string; reach: StoredReach },
  by: Actor,
  registers: readonly Guarded[],
): StoredReach {
  return by.userId === row.startedBy ? gatedReachOf(by, registers) : row.reach
}

/** The look-up budget of an import: how many phone and identity numbers it may still try on people today. */
export interface LookUpBudget {
  /** Whether the importer has used up any budget today. */
  spent(): Promise<boolean>
  /** See `spendLookups`. */
  spend(tries: readonly NumberTry[]): Promise<boolean[]>
}

/** Decides every question of reach and permission while rows are judged and written. Pure. */
export class Gate {
  /** What rows may name. Everything out of reach is treated as unknown. */
  readonly sees: Reach
  readonly #written: Readonly<Record<string, Reach | null | undefined>>

  constructor(reach: StoredReach) {
    this.sees = reach
    this.#written = reach as unknown as Record<string, Reach | null | undefined>
  }

  /** Where a register may be written; null: nowhere, also for imports stored before the register existed. */
  reachOf(register: string): Reach | null {
    return this.#written[register] ?? null
  }

  writes(register: string): boolean {
    return this.reachOf(register) !== null
  }

  editsUnit(place: UnitLocation | undefined): boolean {
    const reach = this.reachOf('units')
    return reach !== null && (reach.everything || (place !== undefined && coversUnit(reach, place)))
  }

  /** Whether a unit may be moved from one district to another. */
  movesUnit(from: string | null, to: string): boolean {
    const reach = this.reachOf('units')
    return reach !== null && mayMoveDistrict(reach, { from, to })
  }

  /** @param teamId null for a team that does not exist yet @param place the place of its unit */
  editsTeam(teamId: string | null, place: UnitLocation | null): boolean {
    const reach = this.reachOf('teams')
    return reach !== null && coversTeam(reach, teamId, place)
  }

  takesPeople(teamId: string | null, place: UnitLocation | null): boolean {
    const reach = this.reachOf('persons')
    return reach !== null && coversTeam(reach, teamId, place)
  }
}

/**
 * The budget an import uses: that of the user who started it, because they read the results of the rows, also when
 * another user acts on it now.
 * @param write runs work in a transaction: inside the commit its own one, otherwise one for the budget alone
 */
export function lookUpBudgetOf(
  context: AppContext,
  { id: importId, startedBy, reach }: ImportRow,
  { read, write }: { read: Reader; write: <T>(work: (tx: Writer) => Promise<T>) => Promise<T> },
): LookUpBudget {
  const at = context.now()
  const spending: Spending = {
    ...{ via: 'import', by: { userId: startedBy }, reach, at, importId },
    today: dayIn(at, context.config.timeZone),
    alarm: alarmOf(context),
  }
  return {
    spent: () => anySpent(read, spending),
    spend: (tries) => write((tx) => spendLookups(tx, spending, tries)),
  }
}
