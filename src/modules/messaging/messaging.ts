import type { Clock } from '#platform/time.ts'
import type { MessageSettings } from '#src/config.ts'
import { MessageKinds } from './kinds.ts'
import { createLogProvider } from './providers/log.ts'
import type { Provider } from './providers/provider.ts'
import { createSmtpProvider } from './providers/smtp.ts'
import { createTwilioProvider } from './providers/twilio.ts'
import type { Channel, ProviderName } from './words.ts'

/** What messaging keeps in memory, made once at the start: who provides content, who carries it. */
export interface Messaging {
  readonly kinds: MessageKinds
  readonly providers: Readonly<Record<Channel, Provider>>
  /** Claims of this process that are being sent at this moment. */
  readonly underWay: Set<string>
  close(): Promise<void>
}

export interface MessagingOptions {
  messages: MessageSettings
  publicUrl: URL
  clock: Clock
  kinds?: MessageKinds
}

/** Opens the providers that the configuration names; where it names none, messages go into the log file. */
export function createMessaging({ messages, publicUrl, clock, kinds }: MessagingOptions): Messaging {
  const { twilio, smtp, concurrency } = messages
  const log = createLogProvider({ file: messages.logFile, clock })
  const providers = {
    sms: twilio ? createTwilioProvider({ ...twilio, publicUrl, concurrency }) : log,
    email: smtp ? createSmtpProvider({ ...smtp, publicUrl, concurrency }) : log,
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

/** The provider of that name, if it is one of those in use. */
export function providerNamed({ providers }: Messaging, name: ProviderName): Provider | undefined {
  return Object.values(providers).find((provider) => provider.name === name)
}
