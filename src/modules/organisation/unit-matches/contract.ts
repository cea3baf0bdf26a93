import Type from 'typebox'
import { Body } from '#platform/http/schemas.ts'
import { Named, nullable } from '../vocabulary.ts'

export const UnitNames = Body({
  names: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 2000 }),
})
export const UnitMatches = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        name: Type.String(),
        unit: nullable(Named),
        candidates: Type.Array(Named, {
          description:
            '存疑时可能指的单位 · whom a doubtful name may mean; empty when it is certain, or unknown',
        }),
      }),
      { description: '与提交的名称同序 · in the order of the names' },
    ),
  },
  { $id: 'UnitMatches' },
)
