import type { Autosave } from '#components/autosave/create-autosave.ts'
import type { SermonFields } from '#lib/sermons/sermon-fields.ts'
import type { FileIdentity } from './identify-file.ts'
import { createSpeedMeter, type SpeedMeter } from './measure-speed.ts'
import type { UploadTarget } from './upload-ports.ts'

export type ChosenFile = { file: File; handle?: FileSystemFileHandle | null }

/** The state of an upload that the page does not show. */
export type UploadWork = {
  file: File | null
  handle: FileSystemFileHandle | null
  /** The file that is uploaded. */
  identity: FileIdentity
  /** A file that was chosen instead of the first one; the user decides about it. */
  otherFile: { chosen: ChosenFile; identity: FileIdentity } | null
  target: UploadTarget | null
  uploadUrl: string | null
  transferred: boolean
  /** The server has bytes of this file. */

  isKnown: boolean
  transfer: { stop(): void } | null
  retryTimer: ReturnType<typeof setTimeout> | null
  autosave: Autosave<SermonFields> | null
  /** Ends the subscription to `autosave`. */
  unfollow: (() => void) | null
  retries: number
  renewed: boolean
  startedOver: boolean
  rememberedAt: number
  meter: SpeedMeter
  askFile: (() => Promise<File | null>) | null
  release: (() => void) | null
}

/** The state of an upload that has sent nothing yet. */
export function newWork(given: Partial<UploadWork> & Pick<UploadWork, 'identity'>): UploadWork {
  return {
    file: null,
    handle: null,
    otherFile: null,
    target: null,
    uploadUrl: null,
    transferred: false,
    isKnown: false,
    transfer: null,
    retryTimer: null,
    autosave: null,
    unfollow: null,
    retries: 0,
    renewed: false,
    startedOver: false,
    rememberedAt: 0,
    meter: createSpeedMeter(),
    askFile: null,
    release: null,
    ...given,
  }
}
