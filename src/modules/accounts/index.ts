/** Front door: who somebody is, what they may do where, and what messages to them say. */
export { type ActivationMessage, openActivationMessage } from './activation-message.ts'
export { createAuthenticate } from './authenticate.ts'
export { type CreateUser, createUser } from './create-user.ts'
export { codeMinutes, openLoginCode } from './login-codes.ts'
export { type Permission, permissions, roles } from './roles.ts'
export * from './words.ts'
