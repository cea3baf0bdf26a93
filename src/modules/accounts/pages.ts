import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { activationPages, passwordPages } from './pages/password-pages.ts'
import { codePages, signInPages } from './pages/sign-in-pages.ts'

/** Server-rendered pages for signing in, one-time links and passwords; they work without JavaScript. */
export function accountsPages(app: App, context: AppContext): void {
  signInPages(app, context)
  codePages(app, context)
  activationPages(app, context)
  passwordPages(app, context)
}
