import type { Answer } from './answer-stream.ts'

/** An answer of which nothing has arrived. */
export const emptyAnswer: Answer = {
  care: null,
  readAs: null,
  meant: null,
  isRefused: null,
  isRelated: false,
  linked: null,
  list: null,
  quotes: [],
  nearest: [],
  modelWords: '',
  note: null,
}
