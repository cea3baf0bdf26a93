/**
 * Registers: the kinds of things that lists can import, added by the slice that owns them (`app.ts`). Data goes one way:
 * rows → verdicts → plan → changes.
 */
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import type { Actor, Reach } from '#platform/http/access.ts'
import type { Gate, Guarded } from '../gate.ts'
import type { SheetVocabulary } from '../read/kinds.ts'
import type { ListKind } from '../words.ts'
import type { Scene } from './scene.ts'
import { isNew, type Judging, type Ref } from './verdicts.ts'

/** One kind of thing that lists import: its name and permission, and how its rows are judged. */
interface Register<Rows, Around, Plan> extends Guarded {
  /** Judges rows. Changes no data of the organisation: the same rows and the same data give the same plan. */
  judge(rows: Rows, around: Around): Promise<Plan>
}

/** A register whose list is judged and written in one request. */
export interface ImportRegister<Rows, Around, Plan, Doing, Written> extends Register<Rows, Around, Plan> {
  /** Writes a plan with the functions of the slice that owns the tables. */
  commit(tx: Writer, plan: Plan, doing: Doing): Promise<Written>
}

/** The context of a list that is judged and written in one request. */
export interface TableScene {
  db: Reader
  keys: KeyRing
  gate: Gate
  /** `YYYY-MM-DD` */
  today: string
}

export interface TableWriting {
  keys: KeyRing
  gate: Gate
  by: Actor
  at: DateTime
  /** `YYYY-MM-DD` */
  today: string
}

/** A batch of changes of a register, as JSON: stored encrypted, and passed to the register for the undo. */
export type Piece = unknown

/**
 * A part of a plan that one short transaction writes, so that nobody else waits long for the writer. Its changes are kept
 * in the same transaction. It may run more than once.
 * @throws ChangedMeanwhile when what it changes is no longer what was judged
 */
export type Slice = (tx: Writer) => Promise<readonly Piece[]>

/** What the rows were judged from has changed: the preview is outdated. */
export class ChangedMeanwhile extends Error {}

/** How many things one slice writes: at most 50 ms of the writer. */
export const thingsAtOnce = 250

/** The items in parts of one slice each. */
export function* parts<T>(items: readonly T[]): Iterable<T[]> {
  for (let from = 0; from < items.length; from += thingsAtOnce) yield items.slice(from, from + thingsAtOnce)
}

/**
 * A register whose rows are staged from uploaded sheets, previewed, committed and undone. Registers run in the order of
 * `app.ts`: rows of a later one may refer to things from the rows of an earlier one.
 */
export interface SheetRegister<Plan = unknown> extends Register<readonly Judging[], Scene, Plan> {
  /** The kinds of sheets whose rows it judges. */
  readonly lists: readonly ListKind[]
  /** How its kinds of sheets are recognised, and the headings they bring; absent where imports knows them itself. */
  readonly sheets?: SheetVocabulary
  /** Adds things to the plan that answers create; called after all rows are judged. */
  complete?(plan: Plan, scene: Scene): void
  /**
   * The slices that write a plan, with the functions of the slice that owns the tables. Each is asked for when the one
   * before it is written, and may refer to what that one created.
   */
  commit(plan: Plan, writing: Writing): Iterable<Slice>
  /** The number of new things in the plan: new units, new people. */
  adds(plan: Plan): number
  /** @throws DomainError forbidden when a change is now out of the reach of the user who undoes */
  assertUndo(db: Reader, piece: Piece, reach: Reach): Promise<void>
  /**
   * Asked for each batch before the first is undone; registers of the organisation are asked for all their batches together.
   * @throws DomainError conflict when a row was edited or used since
   */
  assertUnedited?(db: Reader, piece: Piece): Promise<void>
  /** Ids of the rows a batch made or changed in tables of its own, by the tables' names: they may refer to what the import made. */
  rowsOf?(piece: Piece): Record<string, string[]>
  /** Undoes one batch; the latest comes first. @throws DomainError conflict when a row was edited or used since */
  undo(tx: Writer, piece: Piece, undoing: Undoing): Promise<void>
}

/** The context of an undo. */
export interface Undoing {
  keys: KeyRing
  at: DateTime
  reach: Reach
}

/** The plan of one register of the import. */
export interface RegisterPlan {
  register: SheetRegister
  plan: unknown
}

/** The context of a commit. */
export class Writing {
  readonly keys: KeyRing
  readonly at: DateTime
  /** A user's id. */
  readonly by: string
  readonly gate: Gate
  readonly #ids = new Map<Ref, string>()

  constructor({ keys, at, by, gate }: Pick<Writing, 'keys' | 'at' | 'by' | 'gate'>) {
    this.keys = keys
    this.at = at
    this.by = by
    this.gate = gate
  }

  /** Records the id of a created thing. */
  became(ref: Ref, id: string): void {
    this.#ids.set(ref, id)
  }

  /** Whether the thing exists: it was known before, or the commit has created it. */
  isWritten(ref: Ref): boolean {
    return !isNew(ref) || this.#ids.has(ref)
  }

  /** The id of a reference. @throws Error when the plan refers to a thing that it does not create */
  idOf(ref: Ref): string {
    const id = isNew(ref) ? this.#ids.get(ref) : ref
    if (id === undefined) throw new Error('the plan names something it does not bring')
    return id
  }
}
