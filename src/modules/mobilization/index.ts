/** Front door: quotas, allotments, sign-ups, participations and assignments. Tables are joined through `schema.ts`. */
export { answerInvitation, type GivenAnswer } from './answer-invitation.ts'
export { type Applied, applyProposal, type Proposal } from './apply-proposal.ts'
export { excuse, type GivenExcuse } from './excuse.ts'
export type { MessageNeeds } from './invitation-kind.ts'
export { type Invitee, invitees, inviteesOf, stillDue, subjectOf } from './invitees.ts'
export {
  type LinkedAssignment,
  type LinkedParticipation,
  linkRevoked,
  linkUnknown,
  participationByLink,
  participationOfLink,
} from './links.ts'
export { registerMobilizationKinds } from './message-kinds.ts'
export { poolOf } from './pool.ts'
export type {
  Commitment,
  PlacedPerson,
  Pool,
  PoolAllotment,
  PoolPerson,
  PoolTeam,
} from './pool-types.ts'
export { type LinkRevocation, linkTokenOf, renewLink, revokeLink } from './revoke-link.ts'
export type { Eligibility } from './rules.ts'
export { shiftPeople } from './shift-people.ts'
export * from './words.ts'
