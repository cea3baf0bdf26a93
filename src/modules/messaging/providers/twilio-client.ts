import twilio from 'twilio'
import type Client from 'twilio/lib/base/RequestClient.js'

// The package is CommonJS: Node finds no names in it.
const { RequestClient } = twilio

/** Twilio asks to come back later. The SDK's own exception does not say when. */
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

/** The SDK's documented custom client: another address for the API, and what `Retry-After` says. */
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

/** Seconds; the form with a date is not used by Twilio. At most an hour is believed. */
function retryAfterMs(header: unknown): number | undefined {
  const seconds = Number(header)
  return header !== undefined && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined
}
