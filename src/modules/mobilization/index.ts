/** Front door: quotas, allotments, sign-ups, participations and assignments. */
export { answerInvitation, type GivenAnswer } from './answer-invitation.ts'
export { type Applied, applyProposal, type Proposal } from './apply-proposal.ts'
export { excuse, type GivenExcuse } from './excuse.ts'
export { type Invitee, invitees, stillDue } from './invitees.ts'
export { type LinkedAssignment, type LinkedParticipation, participationByLink } from './links.ts'
export {
  type Commitment,
  type PlacedPerson,
  type Pool,
  type PoolAllotment,
  type PoolPerson,
  type PoolTeam,
  poolOf,
} from './pool.ts'
export { type LinkRevocation, linkTokenOf, renewLink, revokeLink } from './revoke-link.ts'
export type { Eligibility } from './rules.ts'
export * from './words.ts'
