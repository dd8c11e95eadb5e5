import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { listenToChannel } from './listen-to-channel.ts'

it('stops soon when the server accepts connections but never answers', async () => {
  const sockets: Socket[] = []
  const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.')
  const connected = once(server, 'connection')
  const listener = listenToChannel({
    connectionString: `postgres://nobody@127.0.0.1:${address.port}/nothing`,
    channel: 'news',
    onNotice: () => {
      throw new Error('No notification was sent.')
    },
  })
  await connected
  await expect(listener.stop()).resolves.toBeUndefined()
  for (const socket of sockets) socket.destroy()
  server.close()
  await once(server, 'close')
})
