/** Front door: campaigns, events, shifts and their seats. */
export * from './words.ts'
