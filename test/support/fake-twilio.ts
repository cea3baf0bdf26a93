import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface TwilioAnswer {
  status?: number
  body?: object
  headers?: Record<string, string>
  /** Closes the connection instead of answering, after the request was read. */
  hangUp?: boolean
  /** Sends the message all the same. */
  taken?: boolean
}

/** What Twilio would have got, and what it answers: a local server that speaks its wire format. */
export async function startFakeTwilio() {
  const requests: { path: string; authorization: string; fields: Record<string, string> }[] = []
  const sent: { sid: string; to: string; direction: string }[] = []
  let answers: TwilioAnswer[] = []
  let answersAfterMs = 0

  async function handle(request: IncomingMessage, response: ServerResponse) {
    let text = ''
    for await (const chunk of request) text += chunk
    const fields = Object.fromEntries(new URLSearchParams(text))
    if (request.method === 'GET') return list(request, response)
    requests.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', fields })
    const { status = 201, body, headers, hangUp, taken = status === 201 && !hangUp } = answers.shift() ?? {}
    const sid = `SM${String(requests.length).padStart(32, '0')}`
    if (taken) sent.push({ sid, to: fields.To ?? '', direction: 'outbound-api' })
    if (hangUp) return request.socket.destroy()
    if (answersAfterMs > 0) await pause(answersAfterMs, undefined, { ref: false })
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body ?? { sid, status: 'queued', to: fields.To, body: fields.Body }))
  }

  /** `GET …/Messages.json?To=…`: what was sent to a number. */
  function list(request: IncomingMessage, response: ServerResponse) {
    const to = new URL(request.url ?? '', 'http://twilio').searchParams.get('To')
    response.writeHead(200, { 'content-type': 'application/json' })
    const messages = sent.filter((each) => each.to === to)
    response.end(JSON.stringify({ messages, page: 0, page_size: 50, next_page_uri: null }))
  }

  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    /** The next answers, in order; afterwards everything is accepted. */
    answer(...next: TwilioAnswer[]) {
      answers = next
    },
    /** From now on each message is taken at once, and answered after so many milliseconds. */
    slow(ms: number) {
      answersAfterMs = ms
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

export function refused(code: number, status = 400): TwilioAnswer {
  return { status, body: { code, status, message: 'no', more_info: '' } }
}
