import { formatBytes } from '#components/ui/format-bytes.ts'
import { formatTimeLeft } from './measure-speed.ts'
import { percentSent, secondsLeft, type UploadItem, type UploadPhase } from './upload-item.ts'
import { describeProblem } from './upload-problem.ts'

/** The progress of an upload in one line of figures: for the eye, not for a live region. */
export function describeUpload(item: UploadItem): string {
  const sent = `${formatBytes(item.bytesSent)} of ${formatBytes(item.sizeBytes)}`
  switch (item.phase) {
    case 'preparing':
      return 'Reading the file'
    case 'queued':
      return item.bytesSent > 0 ? `Queued · ${sent}` : 'Queued'
    case 'starting':
      return 'Starting'
    case 'uploading': {
      const left = secondsLeft(item)
      const speed = item.bytesPerSecond ? `${formatBytes(item.bytesPerSecond)}/s` : null
      return [`${percentSent(item)}%`, sent, speed, left === null ? null : formatTimeLeft(left)]
        .filter((part) => part !== null)
        .join(' · ')
    }
    case 'paused':
      return `Paused · ${sent}`
    case 'reconnecting':
      return `Connection lost. The upload resumes by itself · ${sent}`
    case 'finishing':
      return 'Finishing'
    case 'done':
      return 'Uploaded. The list below shows its processing.'
    case 'refused':
    case 'failed':
      return item.problem ? describeProblem(item.problem) : 'The upload was not accepted.'
    case 'needs-file':
      return item.problem
        ? describeProblem(item.problem)
        : `Unfinished: ${sent}. Choose the same file again to resume.`
    case 'needs-permission':
      return `Unfinished: ${sent}. Your browser asks before it opens the file again.`
    case 'signed-out':
      return 'You have been signed out. Sign in again, then resume; nothing is lost.'
  }
}

/** What a screen reader hears when an upload changes; `null` for steps that need no announcement. */
export function announceUpload(phase: UploadPhase, title: string): string | null {
  switch (phase) {
    case 'uploading':
      return `Uploading ${title}.`
    case 'paused':
      return `${title} is paused.`
    case 'reconnecting':
      return `Connection lost. The upload of ${title} resumes by itself.`
    case 'done':
      return `${title} is uploaded.`
    case 'refused':
    case 'failed':
      return `${title} could not be uploaded.`
    case 'signed-out':
      return 'You have been signed out. Sign in again to resume the upload.'
    case 'needs-file':
    case 'needs-permission':
      return `The upload of ${title} is unfinished.`
    default:
      return null
  }
}
