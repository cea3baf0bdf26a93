import { savePersons } from '#modules/organisation/index.ts'
import { instantFrom } from '#platform/time.ts'
import type { TestApp } from '#test/support/app.ts'
import { everybody } from '#test/support/permits.ts'

export const at = instantFrom('2026-02-20T02:00:00Z')

export const save = (app: TestApp, inputs: Parameters<typeof savePersons>[2]) =>
  app.db.transaction((tx) => savePersons(tx, app.context.keys, inputs, { permits: everybody, at }))

export const known = { found: 'one', version: 1 }
