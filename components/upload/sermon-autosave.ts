import * as v from 'valibot'
import { ApiFailure, callApi, reasonOf } from '#components/api/call-api.ts'
import { type Autosave, createAutosave } from '#components/autosave/create-autosave.ts'
import { formDraft } from '#components/autosave/draft-storage.ts'
import { type SermonFields, toSermonInput } from '#lib/sermons/sermon-fields.ts'
import { cleanText } from '#lib/text/clean-text.ts'
import type { SavedFields } from './upload-ports.ts'

const savedSchema = v.object({ updatedAt: v.string() })

/** Kept outside the pages, so that a save continues while the user visits other pages. */
const open = new Map<string, Autosave<SermonFields>>()

async function saveFields(sermonId: string, changes: Partial<SermonFields>, keepalive: boolean) {
  const texts = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, cleanText(value)]))
  const answer = await callApi('PATCH', `/api/v1/sermons/${sermonId}`, toSermonInput(texts), { keepalive })
  return { version: v.parse(savedSchema, answer).updatedAt }
}

function isTemporary(error: unknown): boolean {
  if (!(error instanceof ApiFailure)) return false
  const { status } = error
  return status === null || status >= 500 || status === 408 || status === 429
}

/**
 * The autosave of a sermon's details, one for all forms of that sermon in this tab. `owner` is the user who
 * types; `start` is used only the first time.
 */
export function openSermonAutosave(
  owner: string,
  sermonId: string,
  start: SavedFields,
): Autosave<SermonFields> {
  const key = `${owner} ${sermonId}`
  const existing = open.get(key)
  if (existing) return existing
  const autosave = createAutosave(start, {
    save: (changes, { isLeaving }) => saveFields(sermonId, changes, isLeaving),
    refuse: ({ title }) => (title.trim() === '' ? { message: 'titleMissing' } : null),
    explain: (error) => {
      if (!(error instanceof ApiFailure)) reportError(error)
      return { reason: reasonOf(error), isTemporary: isTemporary(error) }
    },
    drafts: formDraft(owner, `sermon:${sermonId}`, start.fields),
  })
  // On the server the autosave must not be shared between users.
  if (typeof window !== 'undefined') open.set(key, autosave)
  return autosave
}
