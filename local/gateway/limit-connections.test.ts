import { once } from 'node:events'
import { createServer } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { defaultLimits, limitConnections } from './limit-connections.ts'

/** A server that sees connections from addresses which this machine does not have. */
function createLimited(limits: { perAddress: number; total: number }) {
  const server = createServer()
  limitConnections(server, { ...defaultLimits, ...limits })
  return (remoteAddress: string): Socket => {
    const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress })
    server.emit('connection', socket)
    return socket
  }
}

const open = (sockets: Socket[]) => sockets.map(({ destroyed }) => !destroyed)

it('counts the addresses of one IPv6 network together', () => {
  const connect = createLimited({ perAddress: 2, total: 10 })
  const near = ['2001:db8:1:2::1', '2001:db8:1:2::2', '2001:db8:1:2:ffff::3'].map(connect)
  const far = ['2001:db8:1:3::1', '203.0.113.9'].map(connect)
  expect(open(near)).toEqual([true, true, false])
  expect(open(far)).toEqual([true, true])
})

it('gives a new client a connection of the network that has most, while it has more than one', async () => {
  const connect = createLimited({ perAddress: 3, total: 4 })
  const many = ['203.0.113.1', '203.0.113.1', '203.0.113.1'].map(connect)
  const others: Socket[] = []
  for (const address of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) {
    const lost = many.find(({ destroyed }) => !destroyed)
    others.push(connect(address))
    if (lost?.destroyed) await once(lost, 'close')
  }
  expect(open(many)).toEqual([false, false, true])
  expect(open(others)).toEqual([true, true, true])
  // Everyone has one now.
  expect(open([connect('198.51.100.4'), ...others])).toEqual([false, true, true, true])
})

it('does not limit the connections of this machine', () => {
  const connect = createLimited({ perAddress: 1, total: 1 })
  expect(open(['127.0.0.1', '127.0.0.1', '::1', '::ffff:127.0.0.1'].map(connect))).toEqual(
    Array(4).fill(true),
  )
})
