import { classesOf } from '../flow/classes.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { placeBlocks } from '../search/escorts.ts'
import { Packer } from '../search/pack.ts'
import { neededEscorts } from '../search/serve-with-own.ts'
import type { Ground } from './ground.ts'
import type { Relaxation } from './relax.ts'

/** Packs teams onto shifts after the relaxation: own zones, then minors with their escorts, then the other zones. */
export function packAfter(ground: Ground, book: RosterBook, { guide, skilled }: Relaxation): void {
  const { instance } = ground
  const free = ground.freeOneByOne(book)
  // Escorts are kept for the minors of their team.
  const escorts = neededEscorts(book, free)
  const classes = classesOf(
    instance,
    free.filter((person) => !escorts.has(person)),
    { previousOf: ground.previousOf },
  )
  const filled = (shift: number) => guide.peopleOn[shift]!.length
  const full = (shift: number) => instance.target[shift]!
  const least = (shift: number) => Math.min(filled(shift), instance.min[shift]!)
  const wishes = ground.together
    ? { ownWanted: (shift: number) => instance.max[shift]!, wanted: full, enough: least }
    : { ownWanted: filled, wanted: filled, enough: filled }
  const packer = new Packer(book, { guide, classes, skilled, ...wishes })
  packer.packOwn()
  placeBlocks(
    book,
    ground.freeOneByOne(book),
    (team, shift) => packer.roomFor(team, shift),
    (shift) => packer.needsOthers(shift),
  )
  packer.packStrangers()
}
