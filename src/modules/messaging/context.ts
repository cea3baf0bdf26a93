import type { AppContext } from '#src/context.ts'
import type { Messaging } from './messaging.ts'

/** The dependencies of this slice: parts of the platform's context, the registered kinds and the providers. */
export type MessagingContext = Pick<
  AppContext,
  'config' | 'log' | 'metrics' | 'db' | 'now' | 'keys' | 'random'
> & { readonly messaging: Messaging }
