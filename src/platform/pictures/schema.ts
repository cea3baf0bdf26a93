import { index, instant, int, table, text } from '../database/kit.ts'
import type { PicturePlace, PictureStage } from './words.ts'

/** Pictures about things of slices. The file is named by `sha256`; several pictures may share it. */
export const pictures = table(
  'pictures',
  {
    /** Chosen by the client, so that a picture that is sent again is there once. */
    id: text().primaryKey(),
    /** What it is about, in words of the slice that owns that: `task:ID`. */
    subject: text().notNull(),
    stage: text<PictureStage>().notNull(),
    sha256: text().notNull(),
    bytes: int().notNull(),
    width: int().notNull(),
    height: int().notNull(),
    /** Difference hash of 9 × 8 grey values, as 16 hexadecimal digits, and its six parts, each to be looked up. */
    differenceHash: text().notNull(),
    part0: int().notNull(),
    part1: int().notNull(),
    part2: int().notNull(),
    part3: int().notNull(),
    part4: int().notNull(),
    part5: int().notNull(),
    /** When it was taken, as the client says, and how far its clock was off. */
    claimedAt: instant(),
    clockOffsetSeconds: int(),
    place: text<PicturePlace>().notNull(),
    /** What looks odd about it, separated by spaces; it is told and never refused. */
    flags: text().notNull(),
    /** The other picture that it looks like. */
    likeId: text(),
    byUserId: text().notNull(),
    hiddenAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('pictures_subject').on(t.subject, t.id),
    index('pictures_file').on(t.sha256),
    index('pictures_part0').on(t.part0),
    index('pictures_part1').on(t.part1),
    index('pictures_part2').on(t.part2),
    index('pictures_part3').on(t.part3),
    index('pictures_part4').on(t.part4),
    index('pictures_part5').on(t.part5),
  ],
)
