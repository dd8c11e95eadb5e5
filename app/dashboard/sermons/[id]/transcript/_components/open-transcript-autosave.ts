import { ApiFailure, callApi, reasonOf } from '#components/api/call-api.ts'
import { type Autosave, createAutosave } from '#components/autosave/create-autosave.ts'
import { formDraft } from '#components/autosave/draft-storage.ts'
import type { ApiTranscript, ApiWord } from '#lib/sermons/to-api-transcript.ts'
import { planEdits, spliceWords } from './plan-edits.ts'
import { readCorrection } from './read-correction.ts'

const temporaryStatuses: readonly number[] = [408, 429]

/** The texts of the paragraphs, by the id of their first word when the page was opened. */
export type ParagraphTexts = Record<string, string>

export interface TranscriptAutosave {
  autosave: Autosave<ParagraphTexts>
  /** The ids of the paragraphs in the order of the sermon. */
  keys: readonly string[]
  /** The words of a paragraph on the server. */
  words(key: string): readonly ApiWord[]
  /** The newest revision that this page has received. */
  revision(): number
}

/** The text of words as it is edited. */
export const textOfWords = (words: readonly ApiWord[]): string => words.map(({ text }) => text).join(' ')

/**
 * Saves corrections while they are typed, paragraph by paragraph, as the fewest edits of words. `owner` is the
 * person who types.
 */
export function openTranscriptAutosave(
  owner: string,
  sermonId: string,
  transcript: ApiTranscript,
): TranscriptAutosave {
  const paragraphs = groupWords(transcript)
  let revision = transcript.revision
  const fields = Object.fromEntries([...paragraphs].map(([key, words]) => [key, textOfWords(words)]))

  async function save(changes: Partial<ParagraphTexts>, keepalive: boolean) {
    const planned = Object.entries(changes).map(([key, text]) => ({
      key,
      edits: planEdits(paragraphs.get(key) ?? [], text ?? ''),
    }))
    const edits = planned.flatMap((paragraph) => paragraph.edits)
    if (edits.length === 0) return { version: String(revision) }
    const answer = readCorrection(
      await callApi('PATCH', `/api/v1/sermons/${sermonId}/transcript`, { revision, edits }, { keepalive }),
    )
    revision = answer.revision
    for (const { key } of planned) paragraphs.set(key, spliceWords(paragraphs.get(key) ?? [], answer.edits))
    return { version: String(revision) }
  }

  const autosave = createAutosave<ParagraphTexts>(
    { fields, version: String(revision) },
    {
      save: (changes, { isLeaving }) => save(changes, isLeaving),
      refuse: () => null,
      explain: (error) => {
        if (!(error instanceof ApiFailure)) reportError(error)
        return { reason: reasonOf(error), isTemporary: isTemporary(error) }
      },
      drafts: formDraft(owner, `transcript-words:${sermonId}`, fields),
    },
  )
  return {
    autosave,
    keys: [...paragraphs.keys()],
    words: (key) => paragraphs.get(key) ?? [],
    revision: () => revision,
  }
}

function groupWords({ words, paragraphs }: ApiTranscript): Map<string, readonly ApiWord[]> {
  const grouped = new Map<string, ApiWord[]>()
  const starts = new Set(paragraphs.map(({ firstWord }) => firstWord))
  let current: ApiWord[] = []
  for (const word of words) {
    if (starts.has(word.id) || grouped.size === 0) {
      current = []
      grouped.set(word.id, current)
    }
    current.push(word)
  }
  return grouped
}

function isTemporary(error: unknown): boolean {
  if (!(error instanceof ApiFailure)) return false
  const { status } = error
  return status === null || status >= 500 || temporaryStatuses.includes(status)
}
