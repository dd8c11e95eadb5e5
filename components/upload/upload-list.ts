import { newItem, type UploadItem } from './upload-item.ts'
import { newWork, type UploadWork } from './upload-work.ts'

/** The uploads of one tab: for each the item that the page shows, and the work that only the store uses. */
export interface UploadList {
  subscribe(listener: () => void): () => void
  getSnapshot(): readonly UploadItem[]
  find(id: string): UploadItem | undefined
  work(id: string): UploadWork | undefined
  /** Adds an upload of the file that `work` names and returns its id. */
  add(item: Partial<UploadItem>, work: Partial<UploadWork> & Pick<UploadWork, 'identity'>): string
  update(id: string, patch: Partial<UploadItem>): void
  remove(id: string): void
}

export function createUploadList(): UploadList {
  let items: readonly UploadItem[] = []
  let made = 0
  const works = new Map<string, UploadWork>()
  const listeners = new Set<() => void>()

  function publish(next: readonly UploadItem[]) {
    items = next
    for (const listener of listeners) listener()
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => items,
    find: (id) => items.find((item) => item.id === id),
    work: (id) => works.get(id),
    add(item, work) {
      made += 1
      const id = `upload-${made}`
      const { name: fileName, sizeBytes } = work.identity
      works.set(id, newWork(work))
      publish([...items, newItem({ ...item, id, fileName, sizeBytes })])
      return id
    },
    update(id, patch) {
      publish(items.map((item) => (item.id === id ? { ...item, ...patch } : item)))
    },
    remove(id) {
      works.delete(id)
      publish(items.filter((item) => item.id !== id))
    },
  }
}
