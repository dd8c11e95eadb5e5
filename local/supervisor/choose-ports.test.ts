import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { choosePorts, requireFreePort } from './choose-ports.ts'

test('the ports are different, free, and outside the range of outgoing connections', async () => {
  const ports = await choosePorts(4)
  expect(new Set(ports).size).toBe(4)
  for (const port of ports) {
    expect(port).toBeLessThan(32_768)
    await requireFreePort(port, '127.0.0.1')
  }
})

test.each(['127.0.0.1', '0.0.0.0'])(
  'a port taken on %s is refused, and the error suggests another',
  async (host) => {
    const server = createServer().listen(0, host)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await expect(requireFreePort(port, '0.0.0.0')).rejects.toThrow(`PORT=${port + 1} npm start`)
    server.close()
  },
)
