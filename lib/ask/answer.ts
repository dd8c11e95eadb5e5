import type { Outcome } from './answerer.ts'

/** An unchanged part of a stored transcript. Word numbers are inclusive. */
export type Quote = {
  sermonId: string
  slug: string
  title: string
  speaker: string | null
  /** A manuscript without a recording: its times only preserve the order of its words. */
  isTextOnly: boolean
  transcriptId: string
  /** The revision of the recording that the times belong to. */
  mediaRevision: number
  firstWord: number
  lastWord: number
  startMs: number
  endMs: number
  text: string
  /** The language of the transcript, as a tag of BCP 47. */
  language: string
  /** Taken from a transcript that a machine made and no person has checked. */
  isDraft: boolean
}

/** A sermon in a list that answers which sermons are on a subject. */
export type ListedSermon = {
  sermonId: string
  slug: string
  title: string
  speaker: string | null
  series: string | null
  scripture: string
}

/** A speaker in a list that answers who preached on a subject, with their sermons on it. */
export type ListedSpeaker = { name: string; slug: string; sermons: ListedSermon[] }

/** What is certain of an answer while it is being found. */
export type AnswerSoFar = Pick<Answer, 'care' | 'readAs' | 'meant' | 'quotes'>

export type Answer = {
  /** Where the question speaks of self-harm, abuse or danger: what to read before anything else. */
  care: string | null
  /** The text that was searched for, where the question was read together with earlier ones; else null. */
  readAs: string | null
  /** The question with the Bible reference that is probably meant, where the name of its book is misspelled; else null. */
  meant: string | null
  /** `summary`: the quotes are key sentences of one sermon. */
  kind: 'quotes' | 'sermons' | 'speakers' | 'summary'
  outcome: Outcome
  /** The sermons do not speak to the question. Where they only touch on it, there are no quotes either. */
  refused: boolean
  /** What a model wrote to join the quotes, or null. Never the preacher's words. */
  answer: string | null
  quotes: Quote[]
  /** Where it was not answered: the nearest moments, which may speak of something else. */
  nearest: Quote[]
  /** The sermons on the subject, best first; empty unless the question wants them. */
  sermons: ListedSermon[]
  /** Who preached on the subject, most sermons first; empty unless the question wants them. */
  speakers: ListedSpeaker[]
  /** The sermon that a church gives as the answer to this question, or null. */
  linked: ListedSermon | null
  /** Something the reader should know, such as that the model could not be reached. */
  note: string | null
  /** What answered: `extractive`, or the name of a model. */
  answerer: string
}
