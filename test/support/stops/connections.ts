/** Situations in which somebody else stands in the way of the end: clients, and whoever reads the log. */
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { City } from './city.ts'
import { type Situation, until } from './situation.ts'

/** A connection on which `text` was said and nothing more will be. */
async function saying(url: string, text: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  if (text) socket.write(text)
  return socket
}

const halfABody =
  'POST /api/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"'
const aRequest = 'GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n'

/** Halves of a body and of a request, and connections that their clients keep: one was used, one never. */
async function keeping({ url, client }: City) {
  const texts = [halfABody, 'GET /api/eve', aRequest, '']
  const sockets = await Promise.all(texts.map((text) => saying(url, text)))
  // The service has read what was said.
  await client.get('/health/ready')
  return {
    async ended() {
      for (const socket of sockets) socket.destroy()
      return []
    },
  }
}

const busyCount = 32

/** Asks again and again on one connection, until it is told that the connection ends. */
function asking(url: string): { answers: number; cut: string | undefined; told: Promise<void> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const told = Promise.withResolvers<void>()
  const state = { answers: 0, cut: undefined as string | undefined, told: told.promise }
  const end = (cut?: string) => {
    state.cut = cut
    agent.destroy()
    told.resolve()
  }
  const ask = () => {
    const request = get(`${url}/health/ready`, { agent }, (answer) => {
      answer.resume()
      answer.on('error', (error) => end(error.message))
      answer.on('end', () => {
        if (answer.statusCode !== 200 && answer.statusCode !== 503) return end(`${answer.statusCode}`)
        state.answers++
        if (answer.headers.connection === 'close') end()
        else ask()
      })
    })
    request.on('error', ({ message }) => end(message))
  }
  ask()
  return state
}

async function busy({ url }: City) {
  const all = Array.from({ length: busyCount }, () => asking(url))
  await until(() => all.every(({ answers }) => answers > 3))
  return {
    async ended() {
      await Promise.all(all.map(({ told }) => told))
      return all.flatMap(({ cut }) => (cut ? [`a busy connection was not told: ${cut}`] : []))
    },
  }
}

/** The stream of the event, read until it ends. */
async function live({ url, client, eventId }: City) {
  const headers = { authorization: `Bearer ${client.token}` }
  const answer = await fetch(`${url}/api/events/${eventId}/stream`, { headers })
  const decoder = new TextDecoder()
  let read = ''
  const whole = (async () => {
    for await (const part of answer.body ?? []) read += decoder.decode(part as Uint8Array)
  })()
  whole.catch(() => {})
  await until(() => read.includes('event: snapshot'))
  return {
    async ended() {
      const cut = await whole.then(
        () => false,
        () => true,
      )
      const told = /retry: \d+\n\n$/.test(read)
      return [
        ...(cut ? ['the stream was cut'] : []),
        ...(told ? [] : ['its reader was not told to come back']),
      ]
    },
  }
}

async function logReaderGone({ running }: City) {
  running.main.child.stdout?.destroy()
  return {}
}

/** Some 340 lines filled the pipe once, and then every request waited. */
const linesThatFill = 1_000

async function logReaderStalled({ running, client }: City) {
  running.main.child.stdout?.removeAllListeners('data')
  running.main.child.stdout?.pause()
  for (let asked = 0; asked < linesThatFill; asked++) await client.get('/health/live')
  return {}
}

export const connectionSituations: readonly Situation[] = [
  { name: 'halves of a body and of a request, and connections that are kept open', begin: keeping },
  { name: 'busy connections', begin: busy },
  { name: 'a live stream', peopled: true, begin: live },
  { name: 'a log whose reader has gone', begin: logReaderGone },
  { name: 'a log whose reader reads nothing', begin: logReaderStalled },
]
