import Type from 'typebox'
import { Body, Id, Instant } from '#platform/http/schemas.ts'
import { line, nullable, oneOf } from '../vocabulary.ts'
import { contactKinds, relations } from '../words.ts'

export const ContactView = Type.Object({
  id: Id,
  kind: oneOf(contactKinds),
  masked: Type.String({ examples: ['138****5678'] }),
  relation: oneOf(relations),
  ownerName: nullable(Type.String({ description: 'Masked for a minor' })),
  shared: Type.Integer({ description: 'How many people this number is kept for' }),
  invalidAt: nullable(Instant),
  optedOutAt: nullable(Instant),
})

export const ContactInput = Type.Object(
  {
    kind: oneOf(contactKinds),
    value: Type.String({ minLength: 3, maxLength: 254 }),
    relation: Type.Optional(oneOf(relations)),
    ownerName: Type.Optional(nullable(line(60))),
  },
  { additionalProperties: false },
)
export const ContactAddition = Body(ContactInput.properties)
export const ContactChange = Body({
  invalid: Type.Optional(Type.Boolean()),
  optedOut: Type.Optional(Type.Boolean()),
})
