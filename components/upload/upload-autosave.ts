import type { UploadList } from './upload-list.ts'
import { asUploadFailure, type UploadPorts } from './upload-ports.ts'

const saveAfterMs = 700

/** Sends what was typed to the server once the typing stops. */
export interface UploadAutosave {
  schedule(id: string): void
  /** Saves at once what still waits. */
  flush(id: string): void
  drop(id: string): void
}

export function createUploadAutosave(
  list: UploadList,
  { api, report }: Pick<UploadPorts, 'api' | 'report'>,
): UploadAutosave {
  /** Whether a save was waiting. */
  function stopTimer(id: string): boolean {
    const work = list.work(id)
    if (!work?.saveTimer) return false
    clearTimeout(work.saveTimer)
    work.saveTimer = null
    return true
  }

  async function save(id: string) {
    const item = list.find(id)
    if (!item?.sermonId || item.fields.title.trim() === '') return
    list.update(id, { saved: 'saving' })
    try {
      await api.saveFields(item.sermonId, item.fields)
      if (list.find(id)?.saved === 'saving') list.update(id, { saved: 'yes' })
    } catch (error) {
      if (!asUploadFailure(error)) report(error)
      if (list.find(id)?.saved === 'saving') list.update(id, { saved: 'failed' })
    }
  }

  return {
    schedule(id) {
      const work = list.work(id)
      if (!work) return
      stopTimer(id)
      list.update(id, { saved: 'no' })
      work.saveTimer = setTimeout(() => {
        work.saveTimer = null
        void save(id)
      }, saveAfterMs)
    },
    flush(id) {
      if (stopTimer(id)) void save(id)
    },
    drop(id) {
      stopTimer(id)
    },
  }
}
