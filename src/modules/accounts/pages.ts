import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { activationPages, passwordPages } from './password-pages.ts'
import { codePages, signInPages } from './sign-in-pages.ts'

/** Signing in, one-time links and passwords for people in a browser; no script needed. */
export function accountsPages(app: App, context: AppContext): void {
  signInPages(app, context)
  codePages(app, context)
  activationPages(app, context)
  passwordPages(app, context)
}
