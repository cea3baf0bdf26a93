/** Front door: who somebody is, what they may do where, and what messages to them say. */

export { accountAnchors } from './anchors.ts'
export { appointersOf, areIndependent } from './appointers.ts'
export { createAuthenticate, createStillSignedIn } from './authenticate.ts'
export { type OfficerMessage, openOfficerMessage } from './confirmations/officer-message.ts'
export { type CreateUser, createUser } from './create-user.ts'
export { followStructure } from './follow-structure.ts'
export { type ActorThen, actorThen } from './grants-then.ts'
export { holdersOf, type Reachable, withoutLiveAccount } from './holders.ts'
export {
  type ActivationMessage,
  officeText,
  openActivationMessage,
} from './invitations/activation-message.ts'
export { type HandOverMessage, openHandOverMessage } from './invitations/hand-over-message.ts'
export { codeMinutes, openLoginCode } from './login-codes.ts'
export { accountsMerge } from './merge.ts'
export { type MoveTeamRole, moveTeamRole } from './move-team-role.ts'
export { accountPage, landingOf, permissionsIn } from './next.ts'
export { isHumanAmong } from './one-human.ts'
export { openPhoneCode, type Side, sides } from './phones/own-phone.ts'
export { assertRoles } from './role-permissions.ts'
export { roles } from './roles.ts'
export { officersBeside } from './roles-together.ts'
export { accountsSealed } from './sealed.ts'
export { actorNow } from './session-rows.ts'
export * from './words.ts'
