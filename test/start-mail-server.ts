import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { portOf } from '#harness/ports.ts'

export interface TestMailServer {
  url: string
  /** What was received, headers and body as they came. */
  mails: { from: string; to: string[]; data: string }[]
  /** How it behaves: takes mail, refuses it for now, or says nothing at all. */
  mood: 'takes' | 'refuses' | 'silent'
  stop(): Promise<void>
}

/** A mail server on this machine that keeps what it is sent: enough SMTP (RFC 5321) for one sender at a time. */
export async function startMailServer(): Promise<TestMailServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    if (started.mood !== 'silent') void converse(socket, started)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const started: TestMailServer = {
    url: `smtp://127.0.0.1:${portOf(server)}`,
    mails: [],
    mood: 'takes',
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return started
}

async function converse(socket: Socket, server: TestMailServer): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`)
  let mail = { from: '', to: [] as string[], data: '' }
  let inData = false
  say('220 test')
  for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (inData && line !== '.') mail.data += `${line.replace(/^\./, '')}\n`
    else if (inData) {
      inData = false
      server.mails.push(mail)
      mail = { from: '', to: [], data: '' }
      say('250 kept')
    } else if (/^(EHLO|HELO)/i.test(line)) say('250 test')
    else if (/^MAIL FROM:/i.test(line)) {
      mail.from = /<(.*?)>/.exec(line)?.[1] ?? ''
      say(server.mood === 'refuses' ? '451 try again later' : '250 ok')
    } else if (/^RCPT TO:/i.test(line)) {
      mail.to.push(/<(.*?)>/.exec(line)?.[1] ?? '')
      say('250 ok')
    } else if (/^DATA/i.test(line)) {
      inData = true
      say('354 go on')
    } else if (/^QUIT/i.test(line)) {
      say('221 bye')
      socket.end()
    } else say('250 ok')
  }
}
