/** Alarms that stay until a person acknowledges them. */
export { attentionPermissions } from './permissions.ts'
export { raiseAttention } from './raise.ts'
export { type AttentionTexts, attentionRoutes } from './routes.ts'
