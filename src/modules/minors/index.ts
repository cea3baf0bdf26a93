/** Front door: what organisation is told about minors, and the messages of this slice. */
export { registerMinorsKinds } from './message-kinds.ts'
export { minorsPolicy } from './policy.ts'
