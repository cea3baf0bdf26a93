import type { AppContext } from '#src/context.ts'

/** What of the application's context this slice stands on. */
export type MessagingContext = Pick<
  AppContext,
  'config' | 'log' | 'metrics' | 'db' | 'now' | 'keys' | 'random' | 'messaging'
>
