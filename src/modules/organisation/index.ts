/** The front door of organisation. Tables are joined through `schema.ts`. */
export { ageBandOn, ageOn, isMinorOn, isSensitiveOn } from './ages.ts'
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
export { readVolunteerNumber, volunteerNumberOf } from './volunteer-number.ts'
export * from './words.ts'
