import Type, { type Static } from 'typebox'
import { DistrictCode, Named } from '#modules/organisation/index.ts'
import { Body, Id } from '#platform/http/schemas.ts'
import { previewed } from '#platform/previews/index.ts'

/** 再次询问: of those who did not answer, the same filter as the list of people has. */
export const AskAgainSpec = Body({
  search: Type.Optional(Type.String({ maxLength: 60 })),
  unitId: Type.Optional(Id),
  teamId: Type.Optional(Id),
  zoneId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
  shiftId: Type.Optional(Id),
  reached: Type.Optional(Type.Boolean()),
})
export type AskAgainSpec = Static<typeof AskAgainSpec>

export const AskAgainPreview = Type.Object(
  {
    ...previewed,
    people: Type.Integer({ description: '将再次询问的人数 · who would be asked again' }),
    messages: Type.Integer({ description: '消息条数 · one for each number' }),
    unreachable: Type.Integer({ description: '没有可用号码 · who has no number, and has to be called on' }),
    lately: Type.Integer({
      description: '刚通知过 · left out, because they were written to within twelve hours',
    }),
    sample: Type.Array(Named, {
      description: '部分收信人 · some of those who would be asked, at most twenty',
    }),
  },
  { $id: 'AskAgainPreview' },
)
