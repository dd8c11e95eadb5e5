import * as v from 'valibot'
import type { MessageKey } from '#lib/messages/languages.ts'
import { type Player, player } from './player.ts'
import { readSavedTexts } from './saved-texts.ts'
import type { Track } from './track.ts'

export type SentenceStep = 'previousSentence' | 'nextSentence'
/** The name of the message that says why there is no sentence to go to. */
export type SentenceProblem = Extract<MessageKey<'player'>, `sentences${string}`>

/** A sentence that the listener has heard for longer than this is begun again. */
const BEGIN_AGAIN_MS = 1500
/** The element does not report the exact place of a jump. */
const TOLERANCE_MS = 50

const transcriptSchema = v.object({
  words: v.array(v.object({ id: v.string(), startMs: v.number() })),
  sentences: v.array(v.object({ firstWord: v.string() })),
})

/** Where the sentence begins that a step leads to; null when there is none. The starts ascend. */
export function findStep(
  startsMs: readonly number[],
  { step, positionMs, rate }: { step: SentenceStep; positionMs: number; rate: number },
): number | null {
  const hereMs = positionMs + TOLERANCE_MS
  if (step === 'nextSentence') return startsMs.find((startMs) => startMs > hereMs) ?? null
  const present = startsMs.findLastIndex((startMs) => startMs <= hereMs)
  const startMs = startsMs[present]
  if (startMs === undefined) return null
  return (positionMs - startMs) / rate > BEGIN_AGAIN_MS ? startMs : (startsMs[present - 1] ?? startMs)
}

/** Moves the player from sentence to sentence. The transcript of what plays is read at the first step. */
export class SentenceSteps {
  readonly #player: Pick<Player, 'store' | 'seek' | 'positionMs'>
  #trackId: string | null = null
  #startsMs: Promise<readonly number[] | null> = Promise.resolve(null)

  constructor(player: Pick<Player, 'store' | 'seek' | 'positionMs'>) {
    this.#player = player
  }

  /** Resolves with the message to show, or null. */
  async go(step: SentenceStep): Promise<SentenceProblem | null> {
    const { track } = this.#player.store.read()
    if (!track) return null
    const startsMs = await this.#read(track)
    const { track: present, rate } = this.#player.store.read()
    // The listener may have chosen something else in the meantime.
    if (present?.id !== track.id) return null
    if (!startsMs) {
      this.#trackId = null
      return 'sentencesFailed'
    }
    if (startsMs.length === 0) return 'sentencesMissing'
    const startMs = findStep(startsMs, { step, positionMs: this.#player.positionMs(), rate })
    if (startMs !== null) this.#player.seek(startMs)
    return null
  }

  #read(track: Track): Promise<readonly number[] | null> {
    if (track.id !== this.#trackId) {
      this.#trackId = track.id
      this.#startsMs = loadStarts(track)
    }
    return this.#startsMs
  }
}

/** Without a network those of the saved sermon; null when there is neither. */
async function loadStarts(track: Track): Promise<readonly number[] | null> {
  const startsMs = await requestStarts(track)
  if (startsMs) return startsMs
  const saved = await readSavedTexts(track.id)
  if (!saved) return null
  const { words, sentences } = saved.transcript ?? { words: [], sentences: [] }
  return sentences.flatMap(([first]) => words[first]?.[1] ?? [])
}

/** None for a sermon without a transcript, and null without an answer. */
async function requestStarts({ captionsUrl }: Track): Promise<number[] | null> {
  try {
    const response = await fetch(captionsUrl.replace('/transcript.vtt', '/transcript'))
    if (response.status === 404) return []
    if (!response.ok) return null
    const { words, sentences } = v.parse(transcriptSchema, await response.json())
    const startOf = new Map(words.map(({ id, startMs }) => [id, startMs]))
    return sentences.flatMap(({ firstWord }) => startOf.get(firstWord) ?? [])
  } catch {
    return null
  }
}

/** The one of this browser tab. */
export const sentenceSteps = new SentenceSteps(player)
