import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { portOf } from '#harness/ports.ts'

export interface TestMailServer {
  url: string
  /** The received mails, with headers and body. */
  mails: { from: string; to: string[]; data: string }[]
  /** Its behaviour: accepts mail, refuses it temporarily, or does not answer. */
  mood: 'takes' | 'refuses' | 'silent'
  /** How many mails it refused. */
  refused: number
  stop(): Promise<void>
}

/** Starts a mail server on this machine that stores received mail: enough SMTP (RFC 5321) for one sender at a time. */
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
    refused: 0,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return started
}

async function converse(socket: Socket, server: TestMailServer): Promise<void> {
  const send = (line: string) => socket.write(`${line}\r\n`)
  let mail = { from: '', to: [] as string[], data: '' }
  let inData = false
  send('220 test')
  for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (inData && line !== '.') mail.data += `${line.replace(/^\./, '')}\n`
    else if (inData) {
      inData = false
      server.mails.push(mail)
      mail = { from: '', to: [], data: '' }
      send('250 stored')
    } else if (/^(EHLO|HELO)/i.test(line)) send('250 test')
    else if (/^MAIL FROM:/i.test(line)) {
      mail.from = /<(.*?)>/.exec(line)?.[1] ?? ''
      if (server.mood === 'refuses') server.refused += 1
      send(server.mood === 'refuses' ? '451 try again later' : '250 ok')
    } else if (/^RCPT TO:/i.test(line)) {
      mail.to.push(/<(.*?)>/.exec(line)?.[1] ?? '')
      send('250 ok')
    } else if (/^DATA/i.test(line)) {
      inData = true
      send('354 send the mail')
    } else if (/^QUIT/i.test(line)) {
      send('221 bye')
      socket.end()
    } else send('250 ok')
  }
}
