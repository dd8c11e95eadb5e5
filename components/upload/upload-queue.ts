import { compareFiles } from './compare-files.ts'
import { decideAfterCall, decideAfterTransfer, type NextStep, retryDelaysMs } from './decide-next.ts'
import { activePhases } from './upload-item.ts'
import type { UploadList } from './upload-list.ts'
import { asUploadFailure, type SavedFields, type UploadPorts } from './upload-ports.ts'
import type { UploadRecords } from './upload-records.ts'
import type { UploadWork } from './upload-work.ts'

const maxParallel = 2
const rememberEveryMs = 2000

/** Sends the queued uploads, two at a time. */
export interface UploadQueue {
  /** Starts queued uploads as far as the limit allows. */
  pump(): void
  queue(id: string): void
  /** Stops sending and waiting for the next attempt. */
  halt(id: string): void
}

type QueueParts = {
  list: UploadList
  records: UploadRecords
  /** The sermon now exists on the server. */
  onCreated(id: string, saved: SavedFields): void
}

export function createUploadQueue(
  { list, records, onCreated }: QueueParts,
  ports: Pick<UploadPorts, 'api' | 'transport' | 'identify' | 'now' | 'report'>,
): UploadQueue {
  function pump() {
    let busy = list.getSnapshot().filter((item) => activePhases.includes(item.phase)).length
    for (const item of list.getSnapshot()) {
      if (busy >= maxParallel) return
      if (item.phase !== 'queued') continue
      busy += 1
      void run(item.id)
    }
  }

  function queue(id: string) {
    list.update(id, { phase: 'queued', problem: null })
    pump()
  }

  function halt(id: string) {
    const work = list.work(id)
    if (!work) return
    work.transfer?.stop()
    work.transfer = null
    if (work.retryTimer) clearTimeout(work.retryTimer)
    work.retryTimer = null
  }

  function retryLater(id: string, work: UploadWork) {
    const delay = retryDelaysMs[Math.min(work.retries, retryDelaysMs.length - 1)] ?? 30_000
    work.retries += 1
    work.meter.reset()
    list.update(id, { phase: 'reconnecting', bytesPerSecond: null })
    work.retryTimer = setTimeout(() => {
      work.retryTimer = null
      queue(id)
    }, delay)
  }

  function take(id: string, work: UploadWork, next: NextStep) {
    work.transfer = null
    switch (next.do) {
      case 'retry':
        retryLater(id, work)
        break
      case 'renew':
        work.renewed = true
        work.target = null
        queue(id)
        break
      case 'start-over':
        work.startedOver = true
        work.uploadUrl = null
        work.target = null
        list.update(id, { bytesSent: 0 })
        queue(id)
        break
      case 'complete':
        work.transferred = true
        queue(id)
        break
      case 'sign-in':
        list.update(id, { phase: 'signed-out', bytesPerSecond: null })
        break
      case 'fail':
        list.update(id, { phase: 'failed', problem: next.problem, bytesPerSecond: null })
        break
      case 'choose-again':
        work.file = null
        list.update(id, { phase: 'needs-file', problem: { kind: 'file-changed' }, bytesPerSecond: null })
        break
    }
    pump()
  }

  /** Whether the file is still the one this upload began with. */
  async function isUnchanged(work: UploadWork): Promise<boolean> {
    if (!work.file) return false
    const now = await ports.identify(work.file)
    return now !== null && compareFiles(work.identity, now) === null
  }

  /** For an unreadable file a browser reports only "no answer", so check the file before the next attempt. */
  async function checkFileThenRetry(id: string, work: UploadWork) {
    if (await isUnchanged(work)) return
    const phase = list.find(id)?.phase
    if (phase !== 'reconnecting' && phase !== 'queued') return
    halt(id)
    take(id, work, { do: 'choose-again' })
  }

  async function run(id: string) {
    const work = list.work(id)
    if (!work) return
    const phase = work.transferred ? 'finishing' : 'starting'
    const isCurrent = () => list.find(id)?.phase === phase
    list.update(id, { phase, problem: null })
    try {
      if (!work.transferred && !(await isUnchanged(work))) {
        if (isCurrent()) take(id, work, { do: 'choose-again' })
        return
      }
      if (!isCurrent()) return
      if (!work.isKnown) await introduce(id, work)
      const sermonId = list.find(id)?.sermonId
      if (!sermonId) return
      if (work.transferred) {
        // Before the recording is transcribed, which depends on its language.
        work.autosave?.flush()
        await ports.api.completeUpload(sermonId)
        finish(id, work)
        return
      }
      work.target ??= await ports.api.renewTarget(sermonId)
    } catch (error) {
      // Paused or cancelled in the meantime: the answer is not needed.
      if (!isCurrent()) return
      const failure = asUploadFailure(error)
      if (!failure) ports.report(error)
      take(id, work, failure ? decideAfterCall(failure) : { do: 'fail', problem: { kind: 'our-fault' } })
      return
    }
    if (isCurrent()) send(id, work)
  }

  /** Creates the sermon on the server, or the permission for another recording. */
  async function introduce(id: string, work: UploadWork) {
    const item = list.find(id)
    if (!item) return
    const sent = item.fields
    const description = {
      fileName: work.identity.name,
      sizeBytes: work.identity.sizeBytes,
      contentType: work.file?.type || 'application/octet-stream',
    }
    if (item.sermonId) {
      work.target = await ports.api.replaceRecording(item.sermonId, description)
      await keep(id, work)
      return
    }
    const created = await ports.api.createSermon(description, sent)
    work.target = created.target
    if (!list.find(id)) {
      // Cancelled while the server was creating it: no empty draft must remain.
      await ports.api.removeSermon(created.sermonId).catch(() => undefined)
      return
    }
    list.update(id, { sermonId: created.sermonId })
    await keep(id, work)
    onCreated(id, { fields: sent, version: created.version })
  }

  async function keep(id: string, work: UploadWork) {
    work.isKnown = true
    await records.claim(id)
    records.remember(id)
    records.keepFile(id)
  }

  function send(id: string, work: UploadWork) {
    const { file, target } = work
    if (!file || !target) return
    work.meter.reset()
    list.update(id, { phase: 'uploading' })
    work.transfer = ports.transport.send({
      file,
      target,
      uploadUrl: work.uploadUrl,
      onUrl(url) {
        work.uploadUrl = url
        records.remember(id)
      },
      onProgress(bytesSent) {
        if (bytesSent > (list.find(id)?.bytesSent ?? 0)) {
          work.retries = 0
          work.renewed = false
          work.startedOver = false
        }
        work.meter.add(ports.now(), bytesSent)
        list.update(id, { bytesSent, bytesPerSecond: work.meter.bytesPerSecond() })
        if (ports.now() - work.rememberedAt >= rememberEveryMs) {
          work.rememberedAt = ports.now()
          records.remember(id)
        }
      },
      onDone() {
        work.transfer = null
        work.transferred = true
        list.update(id, { bytesSent: work.identity.sizeBytes, bytesPerSecond: null })
        records.remember(id)
        void run(id)
      },
      onFailed(failure, stage) {
        const { renewed, startedOver } = work
        const next = decideAfterTransfer(failure, { stage, renewed, startedOver })
        take(id, work, next)
        if (next.do === 'retry') void checkFileThenRetry(id, work)
      },
    })
  }

  function finish(id: string, work: UploadWork) {
    records.forget(id)
    list.update(id, { phase: 'done', problem: null })
    work.file = null
    pump()
  }

  return { pump, queue, halt }
}
