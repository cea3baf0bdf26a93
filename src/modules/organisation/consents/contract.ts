import Type from 'typebox'
import { Body, Day, Id, Instant } from '#platform/http/schemas.ts'
import { line, nullable, oneOf } from '../vocabulary.ts'
import { consentWays, consentWords, enteredConsentWays } from '../words.ts'

/** 监护人同意: what a guardian said. */
export const ConsentView = Type.Object(
  {
    id: Id,
    says: oneOf(consentWords),
    guardianName: Type.String({ description: 'Masked; empty where only the number is known that said it' }),
    eventId: nullable(Id),
    validUntil: nullable(Day),
    givenAt: Instant,
    via: oneOf(consentWays),
    scope: Type.String(),
    recordedByUserId: nullable(Id),
    withdrawnAt: nullable(Instant),
  },
  { $id: 'GuardianConsent' },
)
export const ConsentList = Type.Object({ items: Type.Array(ConsentView) })
export const ConsentCreation = Body({
  says: Type.Optional(oneOf(consentWords)),
  guardianName: line(60),
  givenAt: Type.Optional(Instant),
  via: oneOf(enteredConsentWays),
  scope: line(300),
  eventId: Type.Optional(nullable(Id)),
  validUntil: Type.Optional(nullable(Day)),
})
