import type { Translations } from '#components/messages/translations.ts'
import { formatBytes } from '#components/ui/format-bytes.ts'
import { formatTimeLeft } from './say-time-left.ts'
import { percentSent, secondsLeft, type UploadItem, type UploadPhase } from './upload-item.ts'
import { describeProblem } from './upload-problem.ts'

type Texts = Translations<'upload'>

/** The progress of an upload in one line of figures; too frequent for a live region. */
export function describeUpload(item: UploadItem, t: Texts, language: string): string {
  const sent = t('sent', {
    sent: formatBytes(item.bytesSent, language),
    total: formatBytes(item.sizeBytes, language),
  })
  switch (item.phase) {
    case 'preparing':
      return t('readingFile')
    case 'duplicate':
      return t('duplicateText', { title: item.same?.title ?? item.fileName })
    case 'queued':
      return item.bytesSent > 0 ? t('queuedSent', { sent }) : t('phaseQueued')
    case 'starting':
      return t('phaseStarting')
    case 'uploading': {
      const left = secondsLeft(item)
      const speed = item.bytesPerSecond ? `${formatBytes(item.bytesPerSecond, language)}/s` : null
      return [`${percentSent(item)}%`, sent, speed, left === null ? null : formatTimeLeft(left, t)]
        .filter((part) => part !== null)
        .join(' · ')
    }
    case 'paused':
      return t('pausedSent', { sent })
    case 'reconnecting':
      return t('reconnectingSent', { sent })
    case 'finishing':
      return t('phaseFinishing')
    case 'done':
      return t('doneText')
    case 'refused':
    case 'failed':
      return item.problem ? describeProblem(item.problem, t, language) : t('callNotAccepted')
    case 'needs-file':
      return item.problem ? describeProblem(item.problem, t, language) : t('needsFileText', { sent })
    case 'needs-permission':
      return t('needsPermissionText', { sent })
    case 'signed-out':
      return t('signedOutText')
  }
}

/** What a screen reader hears when an upload changes; `null` for steps that need no announcement. */
export function announceUpload(phase: UploadPhase, title: string, t: Texts): string | null {
  switch (phase) {
    case 'uploading':
      return t('announceUploading', { title })
    case 'paused':
      return t('announcePaused', { title })
    case 'reconnecting':
      return t('announceReconnecting', { title })
    case 'done':
      return t('announceDone', { title })
    case 'refused':
    case 'failed':
      return t('announceFailed', { title })
    case 'signed-out':
      return t('announceSignedOut')
    case 'duplicate':
      return t('announceDuplicate', { title })
    case 'needs-file':
    case 'needs-permission':
      return t('announceUnfinished', { title })
    default:
      return null
  }
}
