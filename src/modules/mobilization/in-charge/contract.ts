import Type from 'typebox'
import { oneOf } from '#modules/organisation/index.ts'
import { Body, Id } from '#platform/http/schemas.ts'
import { inChargeRules } from '../words.ts'

export const InChargeNaming = Body({ rule: oneOf(inChargeRules) })
export const InChargeNamed = Type.Object(
  {
    named: Type.Integer(),
    left: Type.Array(Id, { description: 'Shifts for which nobody was found' }),
  },
  { $id: 'InChargeNamed' },
)
