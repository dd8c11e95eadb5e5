import { changedFields } from '#components/autosave/merge-fields.ts'
import type { SermonFields } from '#lib/sermons/sermon-fields.ts'
import type { UploadList } from './upload-list.ts'
import type { SavedFields, UploadPorts } from './upload-ports.ts'
import type { UploadRecords } from './upload-records.ts'

/** Synchronises the details of uploads with their sermons. */
export interface UploadAutosave {
  /** The sermon now exists; text that was typed after `saved` was sent is saved. */
  follow(id: string, saved: SavedFields): void
  /** Fetches the current fields of a restored upload from the server. */
  refresh(id: string): Promise<void>
  edit(id: string, patch: Partial<SermonFields>): void
  /** Saves unsaved changes immediately and stops showing them here. */
  unfollow(id: string): void
}

export function createUploadAutosave(
  list: UploadList,
  records: UploadRecords,
  {
    api,
    openAutosave,
    churchLanguage,
  }: Pick<UploadPorts, 'api' | 'openAutosave'> & { churchLanguage(): string },
): UploadAutosave {
  /** A sermon that exists always has a language: to give none means that of the church. */
  function withLanguage(patch: Partial<SermonFields>): Partial<SermonFields> {
    return patch.language === '' ? { ...patch, language: churchLanguage() } : patch
  }

  function follow(id: string, saved: SavedFields) {
    const item = list.find(id)
    const work = list.work(id)
    if (!item?.sermonId || !work) return
    const typed = withLanguage(changedFields(saved.fields, item.fields))
    const autosave = openAutosave(item.sermonId, saved)
    const show = () => {
      const { fields, state } = autosave.getSnapshot()
      list.update(id, { fields, saveState: state })
      records.remember(id)
    }
    work.autosave = autosave
    work.unfollow?.()
    work.unfollow = autosave.subscribe(show)
    autosave.edit(typed)
    show()
  }

  return {
    follow,
    async refresh(id) {
      const sermonId = list.find(id)?.sermonId
      if (!sermonId) return
      // Without an answer the fields that the browser stored are shown.
      const server = await api.readFields(sermonId).catch(() => null)
      if (server) list.work(id)?.autosave?.accept(server.fields, server.version)
    },
    edit(id, given) {
      const item = list.find(id)
      if (!item) return
      const patch = item.sermonId ? withLanguage(given) : given
      const shortened = item.shortened.filter((key) => patch[key] === undefined)
      list.update(id, { fields: { ...item.fields, ...patch }, shortened })
      list.work(id)?.autosave?.edit(patch)
    },
    unfollow(id) {
      const work = list.work(id)
      work?.unfollow?.()
      work?.autosave?.flush()
    },
  }
}
