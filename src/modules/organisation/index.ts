/** The front door of organisation. Tables are joined through `schema.ts`. */
export {
  ageBandOn,
  ageOn,
  type Birth,
  birthSaysMore,
  birthsAgree,
  bornOn,
  everRoles,
  hasTurned,
  isMinorOn,
  isSensitiveOn,
} from './ages.ts'
export { assertMoves, type Move, mayMoveDistrict, moveFaults } from './assert-move.ts'
export { assertTeamsOpen } from './change-membership.ts'
export { confirmAlias } from './confirm-alias.ts'
export {
  type Consent,
  consentFor,
  endOfSchoolYear,
  type GuardianStatement,
  type Occasion,
} from './consents/consent-rules.ts'
export { consentsFor } from './consents/consents-for.ts'
export { type ConsentInput, consentsOf, recordConsent, withdrawConsent } from './consents/record-consent.ts'
export {
  assertConsentsStand,
  type ListedConsent,
  removeConsents,
  saveConsents,
} from './consents/save-consents.ts'
export { markContact, markContactWithin, markForPeople } from './contacts/change-contact.ts'
export { isWorkingOwnPhone, marksOf } from './contacts/contact-marks.ts'
export { contactIdOf, knownContactIds } from './contacts/contact-row.ts'
export { type CalledName, namesApart } from './contacts/names-apart.ts'
export { replaceOwnPhone } from './contacts/replace-own-phone.ts'
export { currentPerson, mergedInto, withCurrentPeople } from './current-person.ts'
export { eraseChildren, erasedName } from './erasing/erase-children.ts'
export {
  detailsKeptDays,
  type Kept,
  type KeptChild,
  keptAfterEventDays,
  keptOf,
  keptWithoutEventDays,
} from './erasing/retention-rules.ts'
export { everyPage } from './every-page.ts'
export { stillReached } from './kept-reach.ts'
export { type LeadershipMove, moveLeadership } from './leading/move-leadership.ts'
export { humanOf, recordsOf } from './linking/records-of.ts'
export { alarmOf, guardLookups } from './lookups/guard-lookups.ts'
export { guardRevelations, type RevelationReceipt } from './lookups/guard-revelations.ts'
export {
  type NumberTry,
  personSubject,
  rangesOf,
  statedNumbers,
  type Tried,
  triedHash,
  triesOnPerson,
  tryOn,
} from './lookups/number-tries.ts'
export { anySpent, type Spending, spendLookups } from './lookups/spend-lookups.ts'
export { loadFacts } from './matching/load-facts.ts'
export { matchPersons, type PersonCandidate, type PersonMatch } from './matching/match-persons.ts'
export type { Doubt } from './matching/match-rules.ts'
export { identifyingFields, type PersonFacts, type PersonField } from './matching/person-facts.ts'
export type { MergeParticipant, Merging, NotRestored } from './merging/merge-participants.ts'
export { minorsAmong } from './minors.ts'
export type { Disclosed, MinorsPolicy } from './minors-policy.ts'
export { looksLikePinyin, searchNameOf } from './names.ts'
export { type NameOf, namesShown } from './names-shown.ts'
export {
  birthDateIn,
  identityCheckCharacter,
  readContact,
  readEmail,
  readIdentityNumber,
  readPhone,
  sexIn,
} from './numbers.ts'
export { anyScope, officeScopes, type ScopeKind } from './permissions.ts'
export {
  type AnchorSource,
  anchor,
  joinedTeamWithin,
} from './permits/anchors.ts'
export {
  assertIdentifiable,
  type BulkPermits,
  createPermits,
  type Identifiable,
  nobodyKnown,
  type Permits,
  permitsFor,
  type Reached,
  reachPerson,
} from './permits/permits.ts'
export type { ContactInput, PersonInput } from './person-input.ts'
export { pinyinOf } from './pinyin.ts'
export { coversTeam, coversUnit, type UnitLocation } from './reach.ts'
export {
  assertTeamsWithin,
  assertUnitWithin,
  districtCovers,
  districtHolds,
  pathBelow,
  personsWithin,
  teamsWithin,
  unitsWithin,
} from './reach-conditions.ts'
export { readsBeside } from './reads-beside.ts'
export { fileFromList, type ListedRequest, withdrawFromList } from './requests/file-from-list.ts'
export {
  decidedOwnRequest,
  fileFromPerson,
  type OwnRequest,
  ownCorrections,
} from './requests/file-from-person.ts'
export type { Wanted } from './requests/sealed.ts'
export { type ClearContact, type ClearPerson, guardiansInClear, revealPeople } from './reveal-person.ts'
export { Undoable } from './saving/assert-undoable.ts'
export type { Change, ChangedTable, Outcome, Saved, TeamInput, UnitInput } from './saving/changes.ts'
export { saveAliases } from './saving/save-aliases.ts'
export { savePersons } from './saving/save-persons.ts'
export { saveTeams } from './saving/save-teams.ts'
export { saveUnits } from './saving/save-units.ts'
export { identifiedBy, undoChanges } from './saving/undo-changes.ts'
export { sealClearColumns } from './seal-clear-columns.ts'
export {
  birthOf,
  contactIndexes,
  openContact,
  openGuardian,
  openIdentity,
  openOwner,
  openParticulars,
  organisationSealed,
  sealContact,
} from './sealed.ts'
export { nameMatches } from './searching.ts'
export { unitDirectory } from './unit-queries.ts'
export { DistrictCode, Latitude, Longitude, line, Named, nullable, oneOf } from './vocabulary.ts'
export { readVolunteerNumber, volunteerNumberOf } from './volunteer-number.ts'
export * from './words.ts'
