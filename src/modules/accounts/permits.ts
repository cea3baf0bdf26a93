/**
 * The reason why a user may change an account. Functions that write links, numbers, suspensions and roles take a permit
 * as a parameter, so code that forgets the check does not compile. Only `manage.ts` creates permits.
 * - `manager`: the user manages the account.
 * - `opener`: the user may also issue its links; it is not an officer's account.
 * - `confirmed`: one officer requested it and another one confirmed it.
 * - `maker`: the account was created in this transaction.
 * - `taker`: the user may revoke a role of the account; valid for this role only.
 * - `anew`: the account's roles now reach further; valid only for a link to its own number.
 * - `owner`: the user's own account, proven as the operation requires.
 * - `hand_over`: a team is handed to the holder; valid for the role over this team only.
 * - `command_line`: a command of the operator of the server.
 */
export type Why =
  | 'manager'
  | 'taker'
  | 'anew'
  | 'opener'
  | 'confirmed'
  | 'maker'
  | 'owner'
  | 'hand_over'
  | 'command_line'

/** The key of a permit’s proof: an object without it is not a permit. */
export const proof: unique symbol = Symbol('proof')

export interface Permit<Because extends Why = Why> {
  readonly userId: string
  readonly [proof]: Because
}
