import type { SaveState } from '#components/autosave/create-autosave.ts'
import { emptyFields, type SermonFields } from '#lib/sermons/sermon-fields.ts'
import type { UploadProblem } from './upload-problem.ts'

export type UploadPhase =
  /** Its tags are being read. */
  | 'preparing'
  | 'queued'
  | 'starting'
  | 'uploading'
  | 'paused'
  /** The connection or the server cannot be reached; the upload resumes by itself. */
  | 'reconnecting'
  | 'finishing'
  | 'done'
  | 'refused'
  | 'failed'
  /** After a reload, when the browser could not keep the file, and when the file was changed or moved. */
  | 'needs-file'
  /** After a reload, when the browser wants a click before it opens the file again. */
  | 'needs-permission'
  | 'signed-out'

/** One upload, as the page shows it. */
export type UploadItem = {
  id: string
  sermonId: string | null
  /** It takes the place of a recording the sermon has already; the sermon stays whatever happens. */
  replaces: boolean
  fileName: string
  sizeBytes: number
  phase: UploadPhase
  /** For `refused`, `failed` and `needs-file`. */
  problem: UploadProblem | null
  fields: SermonFields
  /** Fields whose tag was too long and was shortened, until they are edited. */
  shortened: readonly (keyof SermonFields)[]
  /** The days that doubtful figures in the file name can mean. */
  offeredDates: readonly string[]
  /** Whether what was typed has reached the server. */
  saveState: SaveState
  bytesSent: number
  bytesPerSecond: number | null
}

export const activePhases: readonly UploadPhase[] = ['starting', 'uploading', 'finishing']
export const unfinishedPhases: readonly UploadPhase[] = [
  'preparing',
  'queued',
  'starting',
  'uploading',
  'reconnecting',
  'finishing',
]

export function isUnfinished(item: UploadItem): boolean {
  return unfinishedPhases.includes(item.phase)
}

/** Uploaded or refused: nothing more happens to it here. */
export function isOver(item: UploadItem): boolean {
  return item.phase === 'done' || item.phase === 'refused'
}

/** Whole per cent sent, 0 to 100. */
export function percentSent(item: UploadItem): number {
  return item.sizeBytes === 0 ? 0 : Math.min(100, Math.floor((item.bytesSent / item.sizeBytes) * 100))
}

export function secondsLeft(item: UploadItem): number | null {
  if (item.phase !== 'uploading' || !item.bytesPerSecond) return null
  return (item.sizeBytes - item.bytesSent) / item.bytesPerSecond
}

/** An upload of which nothing but its file is known. */
export function newItem(
  given: Partial<UploadItem> & Pick<UploadItem, 'id' | 'fileName' | 'sizeBytes'>,
): UploadItem {
  return {
    sermonId: null,
    replaces: false,
    phase: 'preparing',
    problem: null,
    fields: emptyFields,
    shortened: [],
    offeredDates: [],
    saveState: { kind: 'clean' },
    bytesSent: 0,
    bytesPerSecond: null,
    ...given,
  }
}
