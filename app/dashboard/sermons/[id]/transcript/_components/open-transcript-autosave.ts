import { ApiFailure, callApi, reasonOf } from '#components/api/call-api.ts'
import { type Autosave, createAutosave } from '#components/autosave/create-autosave.ts'
import { formDraft } from '#components/autosave/draft-storage.ts'
import type { ApiTranscript, ApiWord } from '#lib/sermons/to-api-transcript.ts'
import { readCorrection } from './read-correction.ts'
import {
  applyRegions,
  changesOutline,
  openParagraphs,
  type Paragraph,
  type Region,
  readParagraphs,
  renameKeys,
  type TranscriptFields,
  writeParagraphs,
} from './transcript-document.ts'
import { createWordStore } from './word-store.ts'

const temporaryStatuses: readonly number[] = [408, 429]

export interface TranscriptAutosave {
  autosave: Autosave<TranscriptFields>
  /** The words of a paragraph on the server. */
  words(key: string): readonly ApiWord[]
  /** The newest revision that this page has received. */
  revision(): number
  paragraphs(): Paragraph[]
  /** Changes paragraphs here; they are saved a moment later. */
  apply(regions: readonly Region[]): void
  /** Discards what is not saved and shows the text of the server. */
  discard(): void
  /** Sends a change that is not of words or paragraphs. */
  patch(body: Record<string, unknown>): Promise<ReturnType<typeof readCorrection>>
}

/** Saves corrections while they are typed, as the fewest edits of words. `owner` is the person who types. */
export function openTranscriptAutosave(
  owner: string,
  sermonId: string,
  transcript: ApiTranscript,
): TranscriptAutosave {
  const opened = openParagraphs(transcript)
  const store = createWordStore(opened)
  const fields = writeParagraphs(opened)
  let revision = transcript.revision

  async function patch(body: Record<string, unknown>, keepalive = false) {
    const path = `/api/v1/sermons/${sermonId}/transcript`
    const answer = readCorrection(await callApi('PATCH', path, { revision, ...body }, { keepalive }))
    revision = answer.revision
    return answer
  }

  const paragraphs = () => readParagraphs(autosave.getSnapshot().fields)

  async function save(changes: Partial<TranscriptFields>, keepalive: boolean) {
    const { edits, isPlaced } = store.planSave(paragraphs())
    const isOutline = changesOutline(changes)
    // Paragraphs of new words only can be told apart after those words have ids.
    const outline = isOutline && isPlaced ? store.outline(paragraphs()) : {}
    if (edits.length > 0 || (isOutline && isPlaced)) {
      const answer = await patch({ edits, ...outline }, keepalive)
      store.accept(answer.edits, paragraphs())
    }
    if (isOutline && !isPlaced) await patch(store.outline(paragraphs()), keepalive)
    return { version: String(revision) }
  }

  const drafts = formDraft<TranscriptFields>(owner, `transcript-words:${sermonId}`)
  const autosave = createAutosave<TranscriptFields>(
    { fields, version: String(revision) },
    {
      save: (changes, { isLeaving }) => save(changes, isLeaving),
      refuse: () => null,
      explain: (error) => {
        if (!(error instanceof ApiFailure)) reportError(error)
        return { reason: reasonOf(error), isTemporary: isTemporary(error) }
      },
      drafts: {
        ...drafts,
        // After a reload a paragraph has the id of its first word.
        write: ({ typed, over }) =>
          drafts.write({ typed: renameKeys(typed, store.nameOf), over: renameKeys(over, store.nameOf) }),
      },
    },
  )
  store.adopt(paragraphs())
  return {
    autosave,
    words: store.words,
    revision: () => revision,
    paragraphs,
    apply(regions) {
      const before = paragraphs()
      const next = applyRegions(before, regions)
      store.move(before, regions)
      autosave.edit(writeParagraphs(next, autosave.getSnapshot().fields))
    },
    discard() {
      autosave.discard()
      store.adopt(paragraphs())
    },
    patch,
  }
}

function isTemporary(error: unknown): boolean {
  if (!(error instanceof ApiFailure)) return false
  const { status } = error
  return status === null || status >= 500 || temporaryStatuses.includes(status)
}
