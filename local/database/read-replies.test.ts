import { describe, expect, it } from 'vitest'
import { randomNumbers } from '#harness/random-numbers.ts'
import { backend, buildError, buildMessage } from './build-messages.ts'
import { refusedSql } from './guard-sql.ts'
import { ReplyReader } from './read-replies.ts'

const plain = { refusal: null, repeatsParse: false }
const ready = (letter: string): Buffer => buildMessage(backend.readyForQuery, Buffer.from(letter))
const row = (sizeBytes: number): Buffer => buildMessage(0x44, Buffer.alloc(sizeBytes, 7))
const notification = buildMessage(backend.notification, Buffer.alloc(4), 'channel', 'payload')

describe('ReplyReader', () => {
  it('passes on everything except notifications, in order, wherever the answer is cut', () => {
    const random = randomNumbers(9)
    for (let round = 0; round < 300; round += 1) {
      const messages = Array.from({ length: 1 + random(20) }, () =>
        random(5) === 0 ? notification : row(random(300)),
      )
      messages.push(ready('T'))
      const stream = Buffer.concat(messages)
      let notified = 0
      const reader = new ReplyReader(plain, () => {
        notified += 1
        return false
      })
      const passed: Buffer[] = []
      for (let offset = 0; offset < stream.length; ) {
        const end = Math.min(stream.length, offset + 1 + random(500))
        passed.push(...reader.push(stream.subarray(offset, end)))
        offset = end
      }
      const expected = messages.filter((message) => message !== notification)
      expect(Buffer.concat(passed).equals(Buffer.concat(expected))).toBe(true)
      expect(notified).toBe(messages.length - expected.length)
      expect(reader.status).toBe('inTransaction')
    }
  })

  it('keeps a notification in place for a client that listens to it', () => {
    const reader = new ReplyReader(plain, () => true)
    expect(Buffer.concat(reader.push(Buffer.concat([row(3), notification, ready('I')]))).length).toBe(
      row(3).length + notification.length + ready('I').length,
    )
  })

  it('reads how a batch ended', () => {
    const ended = (...messages: Buffer[]): ReplyReader => {
      const reader = new ReplyReader(plain, () => false)
      reader.push(Buffer.concat(messages))
      return reader
    }
    const tag = (text: string): Buffer => buildMessage(backend.commandComplete, text)
    expect(ended(row(1)).status).toBe('open')
    expect(ended(ready('I')).status).toBe('idle')
    expect(ended(buildError('ERROR', '22012', 'division by zero'), ready('E'))).toMatchObject({
      status: 'failed',
      failed: true,
    })
    expect(ended(tag('ROLLBACK'), ready('I')).rolledBack).toBe(true)
    expect(ended(tag('ROLLBACK'), tag('COMMIT'), ready('I')).rolledBack).toBe(false)
    expect(ended(tag('REVOKE'), ready('I')).rolledBack).toBe(false)
  })

  it('replaces the syntax error of a refusal with the reason, and no other error', () => {
    const reader = new ReplyReader(
      { refusal: { message: 'not here', hint: 'do that' }, repeatsParse: false },
      () => false,
    )
    const other = buildError('ERROR', '42601', 'syntax error at or near "x"')
    const refusal = buildError('ERROR', '42601', `syntax error at or near "${refusedSql}"`)
    const passed = Buffer.concat(reader.push(Buffer.concat([other, refusal, ready('I')]))).toString()
    expect(passed).toContain('near "x"')
    expect(passed).toContain('not here')
    expect(passed).toContain('0A000')
    expect(passed).not.toContain(refusedSql)
  })

  it('hides the answer to a Parse that the client did not send, and no other', () => {
    const complete = buildMessage(backend.parseComplete)
    const reader = new ReplyReader({ refusal: null, repeatsParse: true }, () => false)
    const passed = Buffer.concat(reader.push(Buffer.concat([complete, row(2), complete, ready('I')])))
    expect(passed.equals(Buffer.concat([row(2), complete, ready('I')]))).toBe(true)
  })
})
