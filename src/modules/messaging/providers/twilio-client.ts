import twilio from 'twilio'
import type Client from 'twilio/lib/base/RequestClient.js'

// The package is CommonJS; Node cannot import its names directly.
const { RequestClient } = twilio

/** Twilio asks to retry later. The exception of the SDK does not contain the delay. */
export class TwilioBusy extends Error {
  readonly status: number
  readonly code: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(status: number, code: number | undefined, retryAfterMs: number | undefined) {
    super(`Twilio answered ${status}`)
    this.name = 'TwilioBusy'
    this.status = status
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

type Options = ConstructorParameters<typeof RequestClient>[0]

/** A custom client as the SDK documents it: it sets another API address and reads `Retry-After`. */
export class TwilioClient extends RequestClient {
  readonly #baseUrl: string | undefined

  constructor({ baseUrl, ...options }: NonNullable<Options> & { baseUrl: string | undefined }) {
    super(options)
    this.#baseUrl = baseUrl?.replace(/\/+$/, '')
  }

  override async request<T>(asked: Client.RequestOptions<T>) {
    const uri = this.#baseUrl ? asked.uri.replace(/^https?:\/\/[^/]+/, this.#baseUrl) : asked.uri
    const response = await super.request<T>({ ...asked, uri })
    const { statusCode, headers, body } = response
    if (statusCode === 429 || statusCode === 503) {
      throw new TwilioBusy(statusCode, codeIn(body), retryAfterMs(headers?.['retry-after']))
    }
    return response
  }
}

function codeIn(body: unknown): number | undefined {
  const { code } = (body ?? {}) as { code?: unknown }
  return typeof code === 'number' ? code : undefined
}

/** `Retry-After` in seconds (Twilio does not use the date form), limited to one hour. */
function retryAfterMs(header: unknown): number | undefined {
  const seconds = Number(header)
  return header !== undefined && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined
}
