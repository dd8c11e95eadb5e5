import type { SermonFields } from './sermon-fields.ts'

export type UploadPhase =
  /** Its tags are being read. */
  | 'preparing'
  | 'queued'
  | 'starting'
  | 'uploading'
  | 'paused'
  /** The connection or the server is away; it goes on by itself. */
  | 'reconnecting'
  | 'finishing'
  | 'done'
  | 'refused'
  | 'failed'
  /** After a reload, when the browser could not keep the file. */
  | 'needs-file'
  /** After a reload, when the browser wants a click before it opens the file again. */
  | 'needs-permission'
  | 'signed-out'

/** One recording on its way, as the page shows it. */
export type UploadItem = {
  id: string
  sermonId: string | null
  /** It takes the place of a recording the sermon has already; the sermon stays whatever happens. */
  replaces: boolean
  fileName: string
  sizeBytes: number
  phase: UploadPhase
  /** A sentence for `refused`, `failed` and `needs-file`. */
  message: string | null
  fields: SermonFields
  /** Whether what was typed has reached the server. */
  saved: 'yes' | 'no' | 'saving' | 'failed'
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

/** Arrived or turned away: nothing more happens to it here. */
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
