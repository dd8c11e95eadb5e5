import type { SaveState } from '#components/autosave/create-autosave.ts'
import { emptyFields, type SermonFields } from '#lib/sermons/sermon-fields.ts'
import type { UploadProblem } from './upload-problem.ts'

export type UploadPhase =
  /** Its tags are being read. */
  | 'preparing'
  /** This recording is already here; the user decides whether it is added again. */
  | 'duplicate'
  | 'queued'
  | 'starting'
  | 'uploading'
  | 'paused'
  /** The connection is lost or the server is unreachable; the upload resumes automatically. */
  | 'reconnecting'
  | 'finishing'
  | 'done'
  | 'refused'
  | 'failed'
  /** After a reload, if the browser could not store the file, and when the file was changed or moved. */
  | 'needs-file'
  /** After a reload, if the browser requires a click before it opens the file again. */
  | 'needs-permission'
  | 'signed-out'

/** One upload as shown on the page. */
export type UploadItem = {
  id: string
  sermonId: string | null
  /** It replaces the recording of an existing sermon; the sermon is kept even if the upload fails. */
  replaces: boolean
  fileName: string
  sizeBytes: number
  phase: UploadPhase
  /** For `duplicate`: where it is already. `sermonId` is null while that is an upload that has not begun. */
  same: { sermonId: string | null; title: string } | null
  /** For `refused`, `failed` and `needs-file`. */
  problem: UploadProblem | null
  fields: SermonFields
  /** Fields with a tag that was too long and was shortened, until they are edited. */
  shortened: readonly (keyof SermonFields)[]
  /** The days that doubtful figures in the file name can mean. */
  offeredDates: readonly string[]
  /** Whether the typed text has reached the server. */
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

/** Whether something would be lost if the page were closed now. */
export function isWaiting(item: UploadItem): boolean {
  return isUnfinished(item) || item.phase === 'duplicate'
}

/** Uploaded or refused: the upload is finished. */
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

/** A new upload of a file. */
export function newItem(
  given: Partial<UploadItem> & Pick<UploadItem, 'id' | 'fileName' | 'sizeBytes'>,
): UploadItem {
  return {
    sermonId: null,
    replaces: false,
    phase: 'preparing',
    same: null,
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
