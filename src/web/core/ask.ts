import { addressOf, type Input, type Operation } from './operation.ts'
import { type Refused, refusalOf, Unreachable } from './refused.ts'
import { sendTelling, type TellSent } from './sending.ts'
import { me, revived } from './session.ts'

export interface How {
  /** The version last seen, of what is changed: sent as If-Match. */
  version?: number
  /** Names the intention of a POST, so that it is done once however often it is sent. A new one unless told. */
  key?: string
  signal?: AbortSignal
  /** Is told how much of a large body has been sent. */
  sent?: TellSent
}

/** Times a request is sent again by itself after 429 or 503, when nothing was done. */
const triesMax = 3
/** Seconds that somebody waits without being asked. */
const patience = 5

/** A key for one intention. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Asks the service. When the session is over it waits until the same user has signed in again, and then goes on; what
 * was busy is asked again after the time the service names; a POST keeps its key through all of this.
 * @throws Refused when the service says no, Unreachable when nothing answers
 */
export async function ask<In, Answer>(
  operation: Operation<In, Answer>,
  input: In,
  how: How = {},
): Promise<Answer> {
  const key = operation.method === 'POST' ? (how.key ?? newKey()) : undefined
  for (let tried = 1; ; ) {
    const response = await send(operation as Operation<never>, input as Input, { ...how, key })
    if (response.ok) return (await answerOf(response)) as Answer
    const refused = await refusalOf(response)
    const { status, code } = refused.problem
    if (status === 401) await revived('ended')
    else if (code === 'session.other_user') await revived('other')
    else if (worthWaiting(refused) && tried++ < triesMax) await pause(refused.retryAfter ?? 1, how.signal)
    else throw refused
  }
}

function worthWaiting({ problem, retryAfter = 1 }: Refused): boolean {
  return (problem.status === 429 || problem.status === 503) && retryAfter <= patience
}

async function send(
  operation: Operation<never>,
  input: Input,
  { version, key, signal, sent }: How,
): Promise<Response> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    // The language of the page, which may be another than the browser's: refusals are told in it.
    'accept-language': document.documentElement.lang,
  }
  const user = me.get()
  if (user) headers['x-muster-user'] = user.userId
  if (version !== undefined) headers['if-match'] = `"v${version}"`
  if (key !== undefined) headers['idempotency-key'] = key
  const init: RequestInit = { method: operation.method, headers, cache: 'no-store' }
  if (signal) init.signal = signal
  if (input.body instanceof FormData) init.body = input.body
  else if (input.body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(input.body)
  }
  try {
    const address = addressOf(operation, input)
    return await (sent ? sendTelling(address, init, sent) : fetch(address, init))
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable()
  }
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null
  const type = response.headers.get('content-type') ?? ''
  return type.includes('json') ? response.json() : response.blob()
}

function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
