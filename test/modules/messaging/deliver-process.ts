/** A process that does nothing but deliver what is due, for a test to kill. */
import { deliver } from '#modules/messaging/deliver.ts'
import { createMessaging } from '#modules/messaging/index.ts'
import { loadConfig } from '#src/config.ts'
import { createContext } from '#src/context.ts'
import { sealedColumns } from '#src/sealed.ts'
import { aKind } from '#test/support/factories/messaging.ts'

const context = await createContext(loadConfig(process.env), sealedColumns)
const { messages, publicUrl } = context.config
const messaging = await createMessaging({ messages, publicUrl, clock: context.clock, keys: context.keys })
messaging.kinds.registerKind('notice', aKind())
await deliver({ ...context, messaging })
await messaging.close()
await context.close()
