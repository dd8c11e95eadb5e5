import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

export interface Prompt {
  /** Asks and waits for one line. A secret is not shown while it is typed. Throws when the input ends. */
  ask(question: string, options?: { isSecret?: boolean }): Promise<string>
  close(): void
}

/** Creates a prompt that asks the person at the terminal, or reads piped lines. */
export function createPrompt(): Prompt {
  const { stdin, stderr } = process
  let isHidden = false
  const screen = new Writable({
    write(chunk, _encoding, done) {
      if (isHidden) done()
      else stderr.write(chunk, () => done())
    },
  })
  const reader = createInterface({ input: stdin, output: screen, terminal: stdin.isTTY === true })
  // Piped lines arrive together; the iterator keeps the unread ones.
  const lines = reader[Symbol.asyncIterator]()
  return {
    async ask(question, { isSecret = false } = {}) {
      stderr.write(question)
      isHidden = isSecret
      const line = await lines.next()
      isHidden = false
      if (isSecret && stdin.isTTY) stderr.write('\n')
      if (line.done) throw new Error('There was no input. Set SELAH_OWNER_EMAIL and SELAH_OWNER_PASSWORD.')
      return line.value
    },
    close: () => reader.close(),
  }
}
