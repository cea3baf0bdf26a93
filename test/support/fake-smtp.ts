import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'

export interface SmtpRules {
  /** The reply to RCPT TO. */
  rcpt?: string
  /** The reply after the text; `hang up` closes the connection instead. */
  text?: string
}

/** A relay that takes mail as a real one does, line by line, and keeps what it was given. */
export async function startFakeSmtp() {
  const mails: { from: string; to: string[]; text: string }[] = []
  const rules: SmtpRules = {}
  const sockets = new Set<Socket>()

  function serve(socket: Socket) {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    let held = ''
    let mail = { from: '', to: [] as string[], text: '' }
    let inText = false
    const say = (line: string) => socket.write(`${line}\r\n`)
    const take = (line: string) => {
      if (inText) {
        if (line !== '.') {
          mail.text += `${line}\r\n`
          return
        }
        inText = false
        mails.push(mail)
        if (rules.text === 'hang up') socket.destroy()
        else say(rules.text ?? '250 taken')
        return
      }
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'EHLO' || verb === 'HELO') say('250-relay\r\n250 DSN')
      else if (verb === 'MAIL') {
        mail = { from: line.slice(10), to: [], text: '' }
        say('250 ok')
      } else if (verb === 'RCPT') {
        mail.to.push(/<(.*)>/.exec(line)?.[1] ?? '')
        say(rules.rcpt ?? '250 ok')
      } else if (verb === 'DATA') {
        inText = true
        say('354 go on')
      } else if (verb === 'QUIT') {
        say('221 bye')
        socket.end()
      } else say('250 ok')
    }
    socket.on('data', (chunk) => {
      const lines = (held + chunk.toString('utf8')).split('\r\n')
      held = lines.pop() ?? ''
      for (const line of lines) take(line)
    })
    say('220 relay')
  }

  const server = createServer(serve)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    rules,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}
