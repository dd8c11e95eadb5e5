/** A failure whose message is enough for the person at the terminal; it is printed without a stack. */
export class Explained extends Error {
  explained = true
}
