/** The front door of organisation. Tables are joined through `schema.ts`. */
export { ageBandOn, ageOn, isMinorOn, isSensitiveOn } from './ages.ts'
export { markContact } from './change-contact.ts'
export type { Change, ChangedTable, Outcome, Saved, TeamInput, UnitInput } from './changes.ts'
export { confirmAlias } from './confirm-alias.ts'
export { matchPersons, type PersonCandidate, type PersonMatch } from './match-persons.ts'
export type { Doubt } from './match-rules.ts'
export { looksLikePinyin, pinyinOf, searchNameOf } from './names.ts'
export {
  birthDateIn,
  identityCheckCharacter,
  readContact,
  readEmail,
  readIdentityNumber,
  readPhone,
  sexIn,
} from './numbers.ts'
export type { PersonField } from './person-facts.ts'
export type { ContactInput, PersonInput } from './person-input.ts'
export { hasConsent, recordConsent, withdrawConsent } from './record-consent.ts'
export { savePersons } from './save-persons.ts'
export { saveTeams } from './save-teams.ts'
export { saveUnits } from './save-units.ts'
export {
  assertPersonWithin,
  assertTeamsWithin,
  assertUnitWithin,
  districtCovers,
  pathBelow,
  personsWithin,
  teamsWithin,
  unitsWithin,
} from './scope.ts'
export { contactIndexes, openContact, openIdentity, organisationSealed, sealContact } from './sealed.ts'
export { nameMatches } from './searching.ts'
export { todayIn } from './today.ts'
export { undoChanges } from './undo-changes.ts'
export { unitDirectory } from './unit-queries.ts'
export { DistrictCode, Latitude, Longitude, line, nullable, oneOf } from './vocabulary.ts'
export { readVolunteerNumber, volunteerNumberOf } from './volunteer-number.ts'
export * from './words.ts'
