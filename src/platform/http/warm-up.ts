import { setTimeout as pause } from 'node:timers/promises'
import { serializerBuilds } from './serialization.ts'
import { validatorBuilds } from './validation.ts'

/** Pause between two that are built, in ms. */
const betweenMs = 25

/**
 * Builds the serializers and validators one after the other, with pauses, so that nobody's first request waits for its own: in a
 * service that has just started, one takes up to 150 ms. It does not keep the process.
 */
export async function warmUp(): Promise<void> {
  for (const build of [...serializerBuilds(), ...validatorBuilds()]) {
    build()
    await pause(betweenMs, undefined, { ref: false })
  }
}
