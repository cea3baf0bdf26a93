/** Front door: the message kinds about accounts. */
export { registerAccountKinds } from './account-kinds.ts'
