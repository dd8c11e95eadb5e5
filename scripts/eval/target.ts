import type { Outcome } from '#lib/ask/answerer.ts'

export type AskedQuote = { sermonId: string; text: string }

/** The measured system: the product's functions in this process, or a server over HTTP. */
export type Target = {
  /** Returns the sermons that a query finds, best first. */
  search(query: string): Promise<string[]>
  ask(question: string): Promise<{ outcome: Outcome; refused: boolean; quotes: AskedQuote[] }>
}
