/** A network between phones and the service that is cut at random bytes, in either direction. */
import { connect, createServer, type Socket } from 'node:net'

export interface CuttingNetwork {
  url: string
  /** Connections that were cut before they ended by themselves. */
  cuts(): number
  /** Where the service is; undefined while there is none. */
  leadsTo(port: number | undefined): void
  /** From now on nothing is cut. */
  mends(): void
  close(): Promise<void>
}

/**
 * Each connection may carry some bytes and is then destroyed at both ends, so that requests and answers end anywhere: before the
 * first byte, in the middle of a picture, or after the service has done what was asked and nobody heard of it.
 * @param draw a number in [0, 1)
 * @param meanBytes how much a connection carries on average
 */
export async function cuttingNetwork(draw: () => number, meanBytes: number): Promise<CuttingNetwork> {
  let port: number | undefined
  let cuts = 0
  let cutting = true
  const open = new Set<Socket>()
  const server = createServer((phone) => {
    open.add(phone)
    phone.on('error', () => undefined).on('close', () => open.delete(phone))
    if (port === undefined) {
      phone.destroy()
      return
    }
    const service = connect(port, '127.0.0.1')
    open.add(service)
    service.on('error', () => phone.destroy()).on('close', () => open.delete(service))
    let left = cutting ? Math.floor(-Math.log(1 - draw()) * meanBytes) : Number.POSITIVE_INFINITY
    const carry = (from: Socket, to: Socket) => {
      from.on('data', (bytes) => {
        const through = bytes.subarray(0, left)
        left -= through.length
        if (through.length > 0) to.write(through)
        if (through.length < bytes.length) {
          cuts++
          // What was let through arrives; nothing after it does.
          to.end(() => to.destroy())
          from.destroy()
        }
      })
      from.on('end', () => to.end())
      from.on('close', () => to.destroySoon())
    }
    carry(phone, service)
    carry(service, phone)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port: own } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${own}`,
    cuts: () => cuts,
    leadsTo(to) {
      port = to
      if (to === undefined) for (const each of open) each.destroy()
    },
    mends() {
      cutting = false
      for (const each of open) each.destroy()
    },
    async close() {
      const closed = new Promise((done) => server.close(done))
      for (const each of open) each.destroy()
      await closed
    },
  }
}
