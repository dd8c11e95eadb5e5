import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { emptyFields } from '#lib/sermons/sermon-fields.ts'
import { createWorld, recording } from '#test/upload-world.ts'
import { createUploadStore, type UploadStore } from './upload-store.ts'

const settle = () => vi.advanceTimersByTimeAsync(0)

let w: ReturnType<typeof createWorld>
let store: UploadStore
const only = () => {
  const [item] = store.getSnapshot()
  if (!item) throw new Error('There is no upload.')
  return item
}
const sending = (index: number) => {
  const found = w.sendings.at(index)
  if (!found) throw new Error('Nothing is being sent.')
  return found
}

beforeEach(() => {
  vi.useFakeTimers()
  w = createWorld()
  store = createUploadStore(w.ports)
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a file that is changed or removed while it is sent', () => {
  test('is noticed at the first failure, and the changed file starts over when it is chosen', async () => {
    const chosen = recording('a.mp3')
    await store.addFiles([chosen])
    await settle()
    sending(0).onUrl('/u/1')
    w.gone.add(chosen.file)
    sending(0).onFailed({ status: null, message: null }, 'sending')
    await vi.advanceTimersByTimeAsync(1100)
    expect(only()).toMatchObject({ phase: 'needs-file', problem: { kind: 'file-changed' } })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(w.sendings).toHaveLength(1)
    const changed = recording('a.mp3', '0123456789 and more', 2000)
    await store.addFiles([changed])
    await settle()
    expect(store.getSnapshot()).toHaveLength(1)
    expect(only()).toMatchObject({ phase: 'uploading', sermonId: 's1', sizeBytes: 19 })
    expect(sending(1)).toMatchObject({ file: changed.file, uploadUrl: null })
  })

  test('continues from the same byte when only its folder was missing', async () => {
    const chosen = recording('a.mp3')
    await store.addFiles([chosen])
    await settle()
    sending(0).onUrl('/u/1')
    w.gone.add(chosen.file)
    sending(0).onFailed({ status: null, message: null }, 'sending')
    await vi.advanceTimersByTimeAsync(1100)
    await store.provideFile(only().id, recording('a.mp3'))
    await settle()
    expect(only().phase).toBe('uploading')
    expect(sending(1).uploadUrl).toBe('/u/1')
  })

  test('lets the next upload begin', async () => {
    const chosen = recording('a.mp3')
    await store.addFiles([chosen, recording('b.mp3'), recording('c.mp3')])
    await settle()
    w.gone.add(chosen.file)
    sending(0).onFailed({ status: null, message: null }, 'sending')
    await vi.advanceTimersByTimeAsync(1100)
    expect(store.getSnapshot().map((item) => item.phase)).toEqual(['needs-file', 'uploading', 'uploading'])
  })
})

describe('after a reload', () => {
  async function interrupted() {
    await store.addFiles([recording('a.mp3')])
    await settle()
    sending(0).onUrl('/u/1')
    sending(0).onProgress(4)
    await settle()
    w.claimed.clear()
    return createUploadStore(w.ports)
  }

  test('an upload with a stored file resumes automatically', async () => {
    store = await interrupted()
    await store.restore()
    await settle()
    expect(only()).toMatchObject({ phase: 'uploading', sermonId: 's1', fileName: 'a.mp3' })
    expect(sending(1).uploadUrl).toBe('/u/1')
    expect(sending(1).target.headers['x-signature']).toBe('t2')
  })

  /** The browser kept no file, so the upload waits for one. */
  async function waiting() {
    store = await interrupted()
    w.files.clear()
    await store.restore()
    expect(only().phase).toBe('needs-file')
  }

  test('an upload without its file requests it and continues with the same file', async () => {
    await waiting()
    await store.addFiles([recording('a.mp3')])
    await settle()
    expect(store.getSnapshot()).toHaveLength(1)
    expect(only().phase).toBe('uploading')
    expect(sending(1).uploadUrl).toBe('/u/1')
  })

  test.each([
    ['of another length', recording('a.mp3', 'another length'), 'size'],
    ['of the same size and another content', recording('a.mp3', 'a.mp3....X'), 'content'],
    ['of another day', recording('a.mp3', 'a.mp3.....', 2000), 'date'],
    ['of another name', recording('b.mp3'), 'name'],
  ])('a file %s is never sent after the first bytes of another', async (_, other, difference) => {
    await waiting()
    await store.provideFile(only().id, other)
    await settle()
    expect(only()).toMatchObject({ phase: 'needs-file', problem: { kind: 'other-file', difference } })
    expect(w.sendings).toHaveLength(1)
    await store.startOver(only().id)
    await settle()
    expect(only()).toMatchObject({ phase: 'uploading', sermonId: 's1', fileName: other.file.name })
    expect(w.calls).toContain('replace s1')
    expect(sending(1)).toMatchObject({ file: other.file, uploadUrl: null })
  })

  test('another file dropped on the page is a new upload', async () => {
    await waiting()
    await store.addFiles([recording('a.mp3', '012345678X')])
    await settle()
    expect(store.getSnapshot().map((item) => item.phase)).toEqual(['needs-file', 'uploading'])
    expect(sending(1).uploadUrl).toBeNull()
  })

  test('a stored file that has changed is not sent', async () => {
    store = await interrupted()
    w.files.set('s1', { kind: 'file', file: recording('a.mp3', '012345678X').file })
    await store.restore()
    await settle()
    expect(only()).toMatchObject({ phase: 'needs-file', problem: { kind: 'file-changed' } })
    expect(w.sendings).toHaveLength(1)
  })

  test('an upload shows the current details of the server', async () => {
    store = await interrupted()
    w.onServer.set('s1', { ...emptyFields, title: 'Changed elsewhere' })
    await store.restore()
    await settle()
    expect(only().fields.title).toBe('Changed elsewhere')
  })

  test('an upload that another tab is sending is not sent twice', async () => {
    store = await interrupted()
    w.claimed.add('s1')
    await store.restore()
    expect(store.getSnapshot()).toHaveLength(0)
  })
})
