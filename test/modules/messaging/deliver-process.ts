/** A process that does nothing but deliver what is due, for a test to kill. */
import { deliver } from '#modules/messaging/deliver.ts'
import { loadConfig } from '#src/config.ts'
import { createContext } from '#src/context.ts'
import { aKind } from '#test/support/factories/messaging.ts'

const context = await createContext(loadConfig(process.env))
context.messaging.kinds.registerKind('notice', aKind())
await deliver(context)
await context.close()
