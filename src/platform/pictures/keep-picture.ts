import { and, asc, eq, inArray, ne, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Reader, Writer } from '../database/port.ts'
import { DomainError } from '../errors.ts'
import type { Converted } from './converted.ts'
import { bitsApart, likeBitsMax, partsOf } from './hash-rules.ts'
import { pictures } from './schema.ts'
import { sha256Of } from './store.ts'
import type { PictureFlag, PicturePlace, PictureStage } from './words.ts'

export type PictureRow = typeof pictures.$inferSelect

/** What a slice says of a picture that came to it. */
export interface PictureToKeep {
  /** Chosen by the client. */
  id: string
  subject: string
  stage: PictureStage
  claimedAt: DateTime | null
  clockOffsetSeconds: number | null
  place: PicturePlace
  byUserId: string
  /** How many pictures its thing may have. */
  max?: number
}

/** Pictures of one thing, unless its slice says otherwise. */
export const picturesMax = 30
/** Whatever claims more than this before it came is told. */
const oldHours = 48
const aheadMinutes = 10

/**
 * Records a picture whose file is kept already. Sent again, it is the same one.
 * @throws DomainError conflict `picture.id_taken`, `picture.too_many`
 */
export async function keepPicture(
  tx: Writer,
  { max = picturesMax, ...picture }: PictureToKeep,
  { jpeg, width, height, differenceHash }: Converted,
  at: DateTime,
): Promise<PictureRow> {
  const sha256 = sha256Of(jpeg)
  const [there] = await tx.select().from(pictures).where(eq(pictures.id, picture.id))
  if (there) {
    const { subject, byUserId } = picture
    if (there.subject === subject && there.byUserId === byUserId && there.sha256 === sha256) return there
    throw new DomainError('conflict', 'picture.id_taken', 'Another picture has this id.')
  }
  if ((await tx.$count(pictures, eq(pictures.subject, picture.subject))) >= max)
    throw new DomainError('conflict', 'picture.too_many', 'Too many pictures.', { max })
  const [part0, part1, part2, part3, part4, part5] = partsOf(differenceHash)
  const parts = { part0, part1, part2, part3, part4, part5 }
  const like = await likeOf(tx, picture, differenceHash)
  const flags = [...flagsOfTime(picture, at), ...(like ? [like.flag] : [])].join(' ')
  const row: PictureRow = {
    ...{ ...picture, ...parts, sha256, bytes: jpeg.length, width, height, differenceHash },
    ...{ flags, likeId: like?.id ?? null, hiddenAt: null, createdAt: at },
  }
  await tx.insert(pictures).values(row)
  return row
}

function flagsOfTime({ claimedAt, clockOffsetSeconds }: PictureToKeep, at: DateTime): readonly PictureFlag[] {
  if (!claimedAt) return []
  // A clock that is merely wrong is corrected.
  const taken = claimedAt.minus({ seconds: clockOffsetSeconds ?? 0 })
  if (taken > at.plus({ minutes: aheadMinutes })) return ['time_ahead']
  return taken < at.minus({ hours: oldHours }) ? ['time_old'] : []
}

/** The same picture under another thing, or of another stage of this one. */
async function likeOf(
  db: Reader,
  { subject, stage }: PictureToKeep,
  differenceHash: string,
): Promise<{ id: string; flag: PictureFlag } | null> {
  const columns = [
    pictures.part0,
    pictures.part1,
    pictures.part2,
    pictures.part3,
    pictures.part4,
    pictures.part5,
  ] as const
  const parts = partsOf(differenceHash)
  const candidates = await db
    .select({ id: pictures.id, subject: pictures.subject, hash: pictures.differenceHash })
    .from(pictures)
    .where(
      and(
        or(...columns.map((column, n) => eq(column, parts[n]!))),
        or(ne(pictures.subject, subject), ne(pictures.stage, stage)),
      ),
    )
    .orderBy(asc(pictures.id))
  const like = candidates.filter(({ hash }) => bitsApart(hash, differenceHash) <= likeBitsMax)
  const own = like.find((each) => each.subject === subject)
  if (own) return { id: own.id, flag: 'same_stage' }
  return like[0] ? { id: like[0].id, flag: 'same_elsewhere' } : null
}

/** The pictures of several things, in order. */
export async function picturesOf(db: Reader, subjects: readonly string[]): Promise<PictureRow[]> {
  if (subjects.length === 0) return []
  return db
    .select()
    .from(pictures)
    .where(or(...subjects.map((subject) => eq(pictures.subject, subject))))
    .orderBy(asc(pictures.createdAt), asc(pictures.id))
}

/** Says that some pictures of a thing are about another one: what they were sent for became that. */
export async function movePictures(
  tx: Writer,
  { from, to, ids }: { from: string; to: string; ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return
  const some = and(eq(pictures.subject, from), inArray(pictures.id, [...ids]))
  await tx.update(pictures).set({ subject: to }).where(some)
}

/** Lets go of one picture, or of all of a thing; the file goes with the last picture that has it. */
export async function releasePictures(
  tx: Writer,
  { subject, id }: { subject: string; id?: string },
): Promise<number> {
  const gone = await tx
    .delete(pictures)
    .where(and(eq(pictures.subject, subject), id ? eq(pictures.id, id) : undefined))
    .returning({ id: pictures.id })
  return gone.length
}
