import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

export interface Person {
  /** Asks and waits for one line. The input of a secret is not shown. Throws when the input ends. */
  ask(question: string, options?: { isSecret?: boolean }): Promise<string>
  leave(): void
}

/** Asks the person at the terminal, or reads piped lines. */
export function meetPerson(): Person {
  const { stdin, stderr } = process
  let isHidden = false
  const screen = new Writable({
    write(chunk, _encoding, done) {
      if (isHidden) done()
      else stderr.write(chunk, () => done())
    },
  })
  const prompt = createInterface({ input: stdin, output: screen, terminal: stdin.isTTY === true })
  // Piped lines arrive all at once; the iterator keeps the unread ones.
  const lines = prompt[Symbol.asyncIterator]()
  return {
    async ask(question, { isSecret = false } = {}) {
      stderr.write(question)
      isHidden = isSecret
      const line = await lines.next()
      isHidden = false
      if (isSecret && stdin.isTTY) stderr.write('\n')
      if (line.done) throw new Error('There was no answer. Set SELAH_OWNER_EMAIL and SELAH_OWNER_PASSWORD.')
      return line.value
    },
    leave: () => prompt.close(),
  }
}
