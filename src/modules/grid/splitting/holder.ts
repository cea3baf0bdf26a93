import type { DateTime } from 'luxon'
import type { Reader, Writer } from '#platform/database/port.ts'
import type { Doing } from '#platform/http/access.ts'
import type { Position } from '../geometry.ts'
import type { HeldKind } from '../words.ts'

/** Something of a zone that has to go somewhere when the zone is split. */
export interface HeldThing {
  id: string
  version: number
  name: string
  /** When it takes place; null: it has no time. */
  startsAt: DateTime | null
  /** Where it lies in the zone, as far as that is known. */
  position: Position | null
}

/** A slice above that ties things to zones: it says what a zone holds, and moves it. `app.ts` plugs them in. */
export interface ZoneHolder {
  kind: HeldKind
  /** What the zone holds that is still to come, or still there. */
  held(db: Reader, zoneId: string, at: DateTime): Promise<HeldThing[]>
  /** Moves things to zones, by the id of the thing. Refuses whoever may not. */
  move(tx: Writer, moves: ReadonlyMap<string, string>, doing: Doing): Promise<void>
}
