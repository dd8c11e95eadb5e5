import { describe, expect, it } from 'vitest'
import { randomNumbers } from '#harness/random-numbers.ts'
import { buildMessage, frontend } from './build-messages.ts'
import { StatementNames } from './name-statements.ts'

const parse = (name: string): Buffer => buildMessage(frontend.parse, name, 'select 1', Buffer.from([0, 0]))
const bind = (portal: string, statement: string): Buffer =>
  buildMessage(frontend.bind, portal, statement, Buffer.from('tail'))
const target = (type: number, kind: 'S' | 'P', name: string): Buffer =>
  buildMessage(type, Buffer.from(kind), name)

describe('StatementNames', () => {
  it('leaves unnamed statements and portals and every other message as they are', () => {
    const names = new StatementNames(1)
    const execute = buildMessage(frontend.execute, '', Buffer.alloc(4))
    for (const bytes of [parse(''), bind('', ''), execute, target(frontend.describe, 'P', '')]) {
      expect(names.rewrite(bytes.readUInt8(0), bytes)).toBe(bytes)
    }
    const sync = buildMessage(frontend.sync)
    expect(names.rewrite(frontend.sync, sync)).toBe(sync)
  })

  it('rewrites both names of a Bind and keeps the rest and the length right', () => {
    const bytes = new StatementNames(35).rewrite(frontend.bind, bind('portal', 'statement'))
    expect(bytes.toString('latin1', 5)).toBe('cz_portal\0cz_statement\0tail')
    expect(bytes.readUInt32BE(1)).toBe(bytes.length - 1)
    const half = new StatementNames(35).rewrite(frontend.bind, bind('', 'statement'))
    expect(half.toString('latin1', 5)).toBe('\0cz_statement\0tail')
  })

  it('never gives two connections, or two names of one connection, the same name, however long', () => {
    const random = randomNumbers(3)
    const owners = new Map<string, string>()
    const clients = Array.from({ length: 40 }, (_, index) => new StatementNames(index + 1))
    for (let round = 0; round < 4_000; round += 1) {
      const index = random(clients.length)
      const name = 'sé'.repeat(random(60)) + random(1_000)
      const own = clients[index]?.own(name) ?? ''
      expect(Buffer.byteLength(own)).toBeLessThanOrEqual(63)
      const owner = `${index}:${name}`
      expect(owners.get(own) ?? owner).toBe(owner)
      owners.set(own, owner)
    }
  })

  it('records the statements that exist until they are closed', () => {
    const names = new StatementNames(2)
    names.rewrite(frontend.parse, parse('a'))
    names.rewrite(frontend.parse, parse('b'))
    names.rewrite(frontend.close, target(frontend.close, 'P', 'b'))
    names.rewrite(frontend.close, target(frontend.close, 'S', 'a'))
    expect([...names.existing]).toEqual(['c2_b'])
  })

  it('refuses a name without a terminating zero', () => {
    expect(() =>
      new StatementNames(1).rewrite(frontend.parse, buildMessage(frontend.parse, Buffer.from('abc'))),
    ).toThrow(RangeError)
  })
})
