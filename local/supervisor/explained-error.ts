/** A failure whose message is all the person at the terminal needs; it is shown without a stack. */
export class ExplainedError extends Error {
  override readonly name = 'ExplainedError'
}
