/** A failure whose message is enough for the person at the terminal: it is shown without a stack. */
export class Explained extends Error {
  explained = true
}
