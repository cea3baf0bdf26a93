import Type, { type Static } from 'typebox'
import { contactKinds, line, Named, nullable, oneOf, relations } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { disclosureReasons, disclosureStates } from './words.ts'

/** 查阅申请: over a class (`teamId`) or an event (`eventId`), exactly one of them. */
export const DisclosureCreation = Body({
  teamId: Type.Optional(Id),
  eventId: Type.Optional(Id),
  reason: oneOf(disclosureReasons),
  explanation: Type.String({ minLength: 10, maxLength: 500, description: '具体情况，至少10个字' }),
  hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 4, default: 4 })),
})

export const DisclosureView = Type.Object(
  {
    id: Id,
    team: nullable(Named),
    event: nullable(Named),
    reason: oneOf(disclosureReasons),
    explanation: Type.String(),
    hours: Type.Integer(),
    state: oneOf(disclosureStates),
    requestedBy: Named,
    requestedAt: Instant,
    decidedBy: nullable(Named),
    decidedAt: nullable(Instant),
    refusal: nullable(Type.String()),
    expiresAt: Type.Unsafe<string>({
      ...Instant,
      description: 'Until when it may be decided; once approved, until when it is open',
    }),
    revokedAt: nullable(Instant),
    mine: Type.Boolean(),
    decidable: Type.Boolean({ description: 'You may approve or refuse it now' }),
  },
  { $id: 'Disclosure' },
)
export type DisclosureView = Static<typeof DisclosureView>
export const DisclosurePage = Page(DisclosureView)
export const DisclosureQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(disclosureStates)),
})
export const DisclosureRefusal = Body({ reason: line(200) })

const Numbers = Type.Array(
  Type.Object({
    id: Id,
    kind: oneOf(contactKinds),
    relation: oneOf(relations),
    ownerName: nullable(Type.String()),
    value: Type.String(),
  }),
)

/** A pupil with the guardians' numbers in clear. */
export const PupilGuardians = Type.Object(
  { person: Named, team: Named, contacts: Numbers },
  { $id: 'PupilGuardians' },
)
export const GuardianNumbers = Type.Object(
  { items: Type.Array(PupilGuardians), until: Instant },
  { $id: 'GuardianNumbers' },
)
/** 紧急联系监护人: by the name the child gives; the class only where two on the shift are called so. */
export const EmergencyCall = Body({
  name: line(60),
  teamId: Type.Optional(Id),
  what: Type.String({ minLength: 4, maxLength: 200, description: '发生了什么' }),
})
