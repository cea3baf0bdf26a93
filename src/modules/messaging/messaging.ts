import type { KeyRing } from '#platform/crypto/index.ts'
import type { Clock } from '#platform/time.ts'
import type { MessageSettings } from '#src/config/messages.ts'
import { MessageKinds } from './kinds.ts'
import { createLogProvider } from './providers/log.ts'
import { mailIdsOf } from './providers/mail-ids.ts'
import type { Provider } from './providers/provider.ts'
import { createSmtpProvider } from './providers/smtp.ts'
import type { TwilioOptions } from './providers/twilio.ts'
import type { Channel, ProviderName } from './words.ts'

/** The state of messaging in memory, created once at startup: the registered kinds and the providers. */
export interface Messaging {
  readonly kinds: MessageKinds
  readonly providers: Readonly<Record<Channel, Provider>>
  /** Claims that this process is sending now. */
  readonly underWay: Set<string>
  close(): Promise<void>
}

export interface MessagingOptions {
  messages: MessageSettings
  publicUrl: URL
  clock: Clock
  keys: KeyRing
  kinds?: MessageKinds
}

/** Creates the providers of the configuration. A channel without one is written to the log file. */
export async function createMessaging(options: MessagingOptions): Promise<Messaging> {
  const { messages, publicUrl, clock, keys, kinds } = options
  const { twilio, smtp, concurrency } = messages
  const log = createLogProvider({ file: messages.logFile, clock })
  const providers = {
    sms: twilio ? await createTwilio({ ...twilio, publicUrl, concurrency }) : log,
    email: smtp ? createSmtpProvider({ ...smtp, publicUrl, concurrency, ids: mailIdsOf(keys) }) : log,
  }
  return {
    kinds: kinds ?? new MessageKinds(),
    providers,
    underWay: new Set(),
    async close() {
      for (const provider of new Set(Object.values(providers))) await provider.close()
    },
  }
}

/** Loads the SDK only where it is used: it takes a tenth of the time of a start. */
async function createTwilio(options: TwilioOptions): Promise<Provider> {
  const { createTwilioProvider } = await import('./providers/twilio.ts')
  return createTwilioProvider(options)
}

/** The configured provider with this name, if there is one. */
export function providerNamed({ providers }: Messaging, name: ProviderName): Provider | undefined {
  return Object.values(providers).find((provider) => provider.name === name)
}
