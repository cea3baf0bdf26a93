/**
 * The part of this slice that needs no database: names, numbers and words. A separate entry point, so that a worker
 * thread that parses spreadsheets does not have to load (and compile) everything behind `index.ts`.
 */
export { looksLikePinyin, searchNameOf } from './names.ts'
export {
  birthDateIn,
  identityCheckCharacter,
  readEmail,
  readIdentityNumber,
  readPhone,
  sexIn,
} from './numbers.ts'
export * from './words.ts'
