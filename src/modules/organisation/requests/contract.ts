import Type, { type Static } from 'typebox'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { ContactInput } from '../contacts/contract.ts'
import { BirthDate } from '../contract.ts'
import { line, Named, nullable, oneOf } from '../vocabulary.ts'
import { contactKinds, linkDoubts, relations, requestKinds, requestStates } from '../words.ts'

/** The requested identity, shown to the user who decides; numbers are masked. */
const WantedView = Type.Object({
  name: Type.Optional(Type.String()),
  birthYear: Type.Optional(Type.Integer({ description: 'Of the birth date that is asked for' })),
  identityNumber: Type.Optional(nullable(Type.String({ description: 'Masked; null: to be taken away' }))),
  contact: Type.Optional(
    Type.Object({ kind: oneOf(contactKinds), masked: Type.String(), relation: oneOf(relations) }),
  ),
})

export const PersonRequestView = Type.Object(
  {
    id: Id,
    kind: oneOf(requestKinds),
    person: Named,
    other: nullable(Named),
    doubt: nullable(oneOf(linkDoubts)),
    contactId: nullable(Id),
    wanted: nullable(WantedView),
    note: nullable(Type.String()),
    state: oneOf(requestStates),
    requestedAt: Instant,
    decidedAt: nullable(Instant),
    reason: nullable(Type.String()),
    byPerson: Type.Boolean({ description: '本人提出 · asked for by the person, behind their own link' }),
    mine: Type.Boolean({ description: 'Whether you asked for it' }),
    decidable: Type.Boolean({ description: 'Whether you may decide it' }),
  },
  { $id: 'PersonRequest' },
)
export type PersonRequestView = Static<typeof PersonRequestView>
export const PersonRequestPage = Page(PersonRequestView)

export const PersonRequestCreation = Body({
  change: Type.Optional(
    Type.Object(
      Type.Partial(
        Type.Object({
          name: line(60),
          birthDate: nullable(BirthDate),
          identityNumber: nullable(Type.String({ maxLength: 40 })),
        }),
      ).properties,
      { additionalProperties: false, minProperties: 1 },
    ),
  ),
  contact: Type.Optional(ContactInput),
  contactRemoval: Type.Optional(Type.Object({ contactId: Id }, { additionalProperties: false })),
  merge: Type.Optional(Type.Object({ otherPersonId: Id }, { additionalProperties: false })),
  note: Type.Optional(line(200)),
})
export type PersonRequestCreation = Static<typeof PersonRequestCreation>
export const PersonRequestQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(requestStates)),
})
export const Refusal = Body({ reason: line(200) })
