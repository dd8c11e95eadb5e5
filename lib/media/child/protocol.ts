import { writeSync } from 'node:fs'
import type { ClipPicture } from '../clip-picture.ts'
import type { RecordingCut } from '../recording-cut.ts'
import type { KnownSource } from './choose-source.ts'

/** The requests that the parent can send to the child; one per process, as JSON on stdin. */
export type ChildRequest =
  | { kind: 'probe'; inputFile: string; maxDurationMs: number; coverFile: string | null }
  | {
      kind: 'measure'
      inputFile: string
      maxDurationMs: number
      source: KnownSource | null
      /** The part that is used; null for all of it. */
      cut: RecordingCut | null
      peakCount: number
    }
  | {
      kind: 'encode'
      inputFile: string
      maxDurationMs: number
      source: KnownSource | null
      cut: RecordingCut | null
      outputDir: string
      /** Of everything that is made: switching between renditions of different rates is audible. */
      sampleRateHz: number
      gainDb: number
      ceilingDb: number | null
      /** The gain in dB at each second, before the gain for all. */
      levelling: number[] | null
      renditions: ChildRendition[]
      podcast: ChildPodcast | null
      download: { rendition: string; fileName: string; tags: Record<string, string> } | null
    }
  | {
      kind: 'decode-to-pcm'
      inputFile: string
      maxDurationMs: number
      cut: RecordingCut | null
      outputFile: string
      sampleRateHz: number
    }
  | {
      kind: 'clip'
      inputFile: string
      source: KnownSource | null
      outputFile: string
      /** Where the clip begins in the input, and how long it is. */
      startMs: number
      durationMs: number
      /** Null for a clip of sound alone. */
      picture: ClipPicture | null
      tags: Record<string, string>
    }

/** An MP3 file of a constant bit rate. */
export type ChildPodcast = { bitrateBps: number; channels: 1 | 2; fileName: string }

/** One rendition. `name` is also the name of its files. */
export type ChildRendition = { name: string; bitrateBps: number; channels: 1 | 2 }

/** The messages of the child, one JSON object per line on file descriptor 3. Log lines of ffmpeg go to stderr. */
export type ChildMessage =
  | { type: 'progress'; value: number }
  | { type: 'result'; value: unknown }
  | { type: 'failure'; reason: string; detail: string }

const MESSAGE_FD = 3

/** Sends one message. The write is synchronous, because the work that follows rarely yields to the event loop. */
export function send(message: ChildMessage): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`)
  let offset = 0
  while (offset < bytes.length) offset += writeSync(MESSAGE_FD, bytes, offset)
}

/** A failure that the parent can explain by its reason. `detail` is for the log, not for users. */
export class ChildFailure extends Error {
  readonly reason: string

  constructor(reason: string, detail: string, options?: { cause?: unknown }) {
    super(detail, options)
    this.reason = reason
  }
}

const PROGRESS_EVERY_MS = 250

/**
 * Reports progress at most four times a second. When the parent has ended, the write to the broken pipe throws and
 * the child ends.
 */
export function createProgress(expectedMs: number): (doneMs: number) => void {
  let last = 0
  return (doneMs) => {
    const now = performance.now()
    if (now - last < PROGRESS_EVERY_MS) return
    last = now
    send({ type: 'progress', value: expectedMs > 0 ? Math.min(1, doneMs / expectedMs) : 0 })
  }
}
