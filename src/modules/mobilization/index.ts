/**
 * Public interface: quotas, allotments, sign-ups, participations and assignments. Other slices join the tables by
 * `schema.ts`.
 */
export { type AnsweredAs, answerByLink } from './answer-by-link.ts'
export { type AnswerCounts, peopleAnswered, unitsAnswered } from './answer-counts.ts'
export { answerInvitation, type GivenAnswer } from './answer-invitation.ts'
export { childOf } from './child-of.ts'
export { contactsFor } from './contacts.ts'
export { excuse, type GivenExcuse } from './excuse.ts'
export { reachedByContact, stillDue } from './invitees.ts'
export { forgetPeople } from './links/forget-people.ts'
export {
  type LinkedAssignment,
  type LinkedParticipation,
  linkRevoked,
  linkUnknown,
  participationByLink,
  participationOfLink,
} from './links/links.ts'
export { personalLink, personalLinkHashes, readPersonalCode } from './links/personal-link.ts'
export { type LinkRevocation, linkTokenOf, notMe, renewLink, revokeLink } from './links/revoke-link.ts'
export { siblingTokens } from './links/siblings.ts'
export { type Arrivals, mobilizationMerge } from './merging/merge.ts'
export { registerMobilizationKinds } from './messages/message-kinds.ts'
export { linkTo, linkVariables, type MessageNeeds } from './messages/place-values.ts'
export { dayText } from './messages/shift-text.ts'
export { placesBefore } from './notices/places-before.ts'
export { type SeenPlaces, seenPlaces } from './notices/seen-places.ts'
export { type OfficeHolder, officeReaders } from './office-readers.ts'
export { poolOf } from './pool/pool.ts'
export type {
  Commitment,
  PlacedPerson,
  Pool,
  PoolAllotment,
  PoolPerson,
  PoolTeam,
} from './pool/pool-types.ts'
export { type Applied, applyProposal, type Proposal } from './proposal/apply-proposal.ts'
export { placedByPlans } from './proposal/placed-by-plan.ts'
export { mobilizationSealed } from './reaching/notes.ts'
export type { Eligibility } from './rules.ts'
export type { PlaceBefore } from './schema.ts'
export { shiftPeople } from './shift-people.ts'
export { subject } from './subjects.ts'
export * from './words.ts'
