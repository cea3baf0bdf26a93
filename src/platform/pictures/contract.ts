import Type, { type Static } from 'typebox'
import { Id, Instant } from '../http/schemas.ts'
import { isoOf } from '../time.ts'
import type { PictureRow } from './keep-picture.ts'
import {
  type PictureFlag,
  type PicturePlace,
  type PictureStage,
  pictureFlags,
  picturePlaces,
  pictureStages,
} from './words.ts'

const oneOf = <T extends string>(words: Record<T, unknown>) =>
  Type.Unsafe<T>({ type: 'string', enum: Object.keys(words) })
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

export const PictureView = Type.Object(
  {
    id: Id,
    stage: oneOf<PictureStage>(pictureStages),
    width: Type.Integer(),
    height: Type.Integer(),
    claimedAt: nullable(Instant),
    place: oneOf<PicturePlace>(picturePlaces),
    flags: Type.Array(oneOf<PictureFlag>(pictureFlags), {
      description: '提示 · what looks odd about it; nothing is refused for it',
    }),
    url: Type.String(),
    createdAt: Instant,
  },
  { $id: 'Picture' },
)
export type PictureView = Static<typeof PictureView>

/** How a picture is described when it is sent. */
export const PictureQuery = Type.Object({
  stage: Type.Optional(oneOf<PictureStage>(pictureStages)),
  claimedAt: Type.Optional(Instant),
  clockOffsetSeconds: Type.Optional(
    Type.Integer({
      minimum: -10_000_000,
      maximum: 10_000_000,
      description: 'How far the phone’s clock is ahead',
    }),
  ),
  latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
})
export type PictureQuery = Static<typeof PictureQuery>

export function presentPicture(row: PictureRow): PictureView {
  const { id, stage, width, height, claimedAt, place, flags, createdAt } = row
  return {
    ...{ id, stage, width, height, place },
    claimedAt: claimedAt && isoOf(claimedAt),
    flags: flags.split(' ').filter(Boolean) as PictureFlag[],
    url: `/api/pictures/${id}`,
    createdAt: isoOf(createdAt),
  }
}
