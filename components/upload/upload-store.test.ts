import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
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

describe('a queue of files', () => {
  test('two are sent at a time, and the next begins when one ends', async () => {
    await store.addFiles([recording('a.mp3'), recording('b.mp3'), recording('c.mp3')])
    await settle()
    expect(store.getSnapshot().map((item) => item.phase)).toEqual(['uploading', 'uploading', 'queued'])
    sending(0).onDone()
    await settle()
    expect(store.getSnapshot().map((item) => item.phase)).toEqual(['done', 'uploading', 'uploading'])
    expect(w.calls).toContain('complete s1')
  })

  test('a file that is not a recording is refused with its reason and the others continue', async () => {
    await store.addFiles([recording('notes.pdf'), recording('a.mp3')])
    await settle()
    expect(store.getSnapshot().map((item) => [item.phase, item.problem])).toEqual([
      ['refused', { kind: 'refused', message: 'isPdf' }],
      ['uploading', null],
    ])
    expect(w.calls).toEqual(['create a.mp3'])
  })
})

describe('a recording that is already here', () => {
  const same = { sermonId: 's9', title: 'Grace' }

  test('is not sent before the user has decided, and is added a second time if they want that', async () => {
    w.ports.api.findSame = async () => same
    await store.addFiles([recording('a.mp3')])
    await settle()
    expect(only()).toMatchObject({ phase: 'duplicate', same })
    expect(w.calls).toEqual([])
    store.edit(only().id, { title: 'Grace again' })
    store.resume(only().id)
    await settle()
    expect(only()).toMatchObject({ phase: 'uploading', fields: { title: 'Grace again' } })
    expect(w.calls).toEqual(['create a.mp3'])
  })

  test('leaves nothing behind if they do not', async () => {
    w.ports.api.findSame = async () => same
    await store.addFiles([recording('a.mp3')])
    await settle()
    await store.cancel(only().id)
    expect(store.getSnapshot()).toEqual([])
    expect(w.calls).toEqual([])
  })

  test('among the files that are being uploaded is noticed too, under any name; the first one is sent', async () => {
    await store.addFiles([recording('a.mp3', 'the same'), recording('b.mp3', 'the same')])
    await settle()
    expect(store.getSnapshot().map(({ phase, same: other }) => [phase, other?.title])).toEqual([
      ['uploading', undefined],
      ['duplicate', 'A'],
    ])
  })

  test('is sent where the server does not say whether it is here', async () => {
    w.ports.api.findSame = async () => {
      throw new Error('no answer')
    }
    await store.addFiles([recording('a.mp3')])
    await settle()
    expect(only().phase).toBe('uploading')
  })
})

describe('the details', () => {
  test('typed during the upload reach the server when the typing stops', async () => {
    await store.addFiles([recording('a.mp3')])
    await settle()
    store.edit(only().id, { title: 'Gr' })
    store.edit(only().id, { title: 'Grace' })
    expect(only().saveState).toEqual({ kind: 'saving' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(w.saved).toEqual([{ title: 'Grace' }])
    expect(only().saveState).toEqual({ kind: 'saved' })
  })

  test('typed after the upload, and before it is removed from the page, reach the server', async () => {
    await store.addFiles([recording('a.mp3')])
    await settle()
    sending(0).onDone()
    await settle()
    store.edit(only().id, { title: 'Grace' })
    store.dismiss(only().id)
    await settle()
    expect(w.saved).toEqual([{ title: 'Grace' }])
  })

  test('typed before the sermon exists are not lost', async () => {
    w.failNext.create = { status: 503, message: null }
    await store.addFiles([recording('a.mp3')])
    await settle()
    store.edit(only().id, { speaker: 'Jane Doe' })
    await vi.advanceTimersByTimeAsync(1100)
    expect(only().phase).toBe('uploading')
    expect(only().fields.speaker).toBe('Jane Doe')
  })
})

describe('the language', () => {
  const church = { known: { speakers: [], series: [] }, timeZone: null, language: 'en' }

  test('chosen before the sermon exists is sent with it; none is sent where none was chosen', async () => {
    store.setChurch(church)
    w.failNext.create = { status: 503, message: null }
    await store.addFiles([recording('a.mp3')])
    await settle()
    store.edit(only().id, { language: 'es' })
    store.edit(only().id, { language: '' })
    expect(only().fields.language).toBe('')
    store.edit(only().id, { language: 'es' })
    await vi.advanceTimersByTimeAsync(1100)
    await store.addFiles([recording('b.mp3')])
    await settle()
    expect([...w.onServer.values()].map((fields) => fields.language)).toEqual(['es', ''])
    expect(w.saved).toEqual([])
  })

  test('chosen during the upload is saved before the server can transcribe the recording', async () => {
    store.setChurch(church)
    await store.addFiles([recording('a.mp3')])
    await settle()
    store.edit(only().id, { language: 'es' })
    sending(0).onDone()
    await settle()
    expect(w.calls.slice(-2)).toEqual(['save s1', 'complete s1'])
    expect(w.saved).toEqual([{ language: 'es' }])
  })

  test('of the church, chosen again for a sermon that exists, is saved by its tag', async () => {
    store.setChurch(church)
    w.ports.readTags = async () => ({ language: 'spa' })
    await store.addFiles([recording('a.mp3')])
    await settle()
    expect(only().fields.language).toBe('es')
    store.edit(only().id, { language: '' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(only().fields.language).toBe('en')
    expect(w.saved).toEqual([{ language: 'en' }])
  })

  test('of the church, chosen again while the sermon is created, is saved by its tag', async () => {
    store.setChurch(church)
    const { createSermon } = w.ports.api
    const asked = Promise.withResolvers<void>()
    w.ports.api.createSermon = async (file, fields) => {
      await asked.promise
      return createSermon(file, fields)
    }
    w.ports.readTags = async () => ({ language: 'spa' })
    await store.addFiles([recording('a.mp3')])
    await settle()
    store.edit(only().id, { language: '' })
    asked.resolve()
    await vi.advanceTimersByTimeAsync(1000)
    expect(w.onServer.get('s1')?.language).toBe('es')
    expect(w.saved).toEqual([{ language: 'en' }])
  })
})

describe('a connection that breaks', () => {
  test('resumes the same upload automatically', async () => {
    await store.addFiles([recording('a.mp3')])
    await settle()
    sending(0).onUrl('/u/1')
    sending(0).onProgress(4)
    sending(0).onFailed({ status: null, message: null }, 'sending')
    expect(only().phase).toBe('reconnecting')
    await vi.advanceTimersByTimeAsync(1100)
    expect(only().phase).toBe('uploading')
    expect(sending(1).uploadUrl).toBe('/u/1')
    expect(only().bytesSent).toBe(4)
  })

  test('is retried with growing delays, and immediately when the network is back', async () => {
    await store.addFiles([recording('a.mp3')])
    await settle()
    for (const delay of [1000, 2000, 4000]) {
      sending(-1).onFailed({ status: 502, message: null }, 'sending')
      await vi.advanceTimersByTimeAsync(delay - 1)
      expect(only().phase).toBe('reconnecting')
      await vi.advanceTimersByTimeAsync(1)
      expect(only().phase).toBe('uploading')
    }
    sending(-1).onFailed({ status: null, message: null }, 'sending')
    store.wake()
    await settle()
    expect(only().phase).toBe('uploading')
  })

  test('an expired token is renewed and the upload continues in the same object', async () => {
    await store.addFiles([recording('a.mp3')])
    await settle()
    sending(0).onUrl('/u/1')
    sending(0).onFailed({ status: 400, message: 'Invalid signature' }, 'sending')
    await settle()
    expect(sending(1).target.headers['x-signature']).toBe('t2')
    expect(sending(1).uploadUrl).toBe('/u/1')
    sending(1).onFailed({ status: 400, message: 'Invalid signature' }, 'sending')
    expect(only().phase).toBe('failed')
  })

  test('an upload that the server no longer has starts over once', async () => {
    await store.addFiles([recording('a.mp3')])
    await settle()
    sending(0).onUrl('/u/1')
    sending(0).onFailed({ status: 404, message: null }, 'sending')
    await settle()
    expect(sending(1).uploadUrl).toBeNull()
    expect(only().sermonId).toBe('s1')
    expect(w.calls.filter((call) => call.startsWith('create'))).toHaveLength(1)
  })

  test('an object that already exists is only completed', async () => {
    await store.addFiles([recording('a.mp3')])
    await settle()
    sending(0).onFailed({ status: 409, message: 'exists' }, 'creating')
    await settle()
    expect(only().phase).toBe('done')
  })

  test('completing is retried when its answer was lost, without sending a byte', async () => {
    await store.addFiles([recording('a.mp3')])
    await settle()
    w.failNext.complete = { status: null, message: null }
    sending(0).onDone()
    await settle()
    expect(only().phase).toBe('reconnecting')
    await vi.advanceTimersByTimeAsync(1100)
    expect(only().phase).toBe('done')
    expect(w.sendings).toHaveLength(1)
  })

  test('after the end of the session the user is asked to sign in, and nothing is lost', async () => {
    w.failNext.create = { status: 401, message: 'Sign in.' }
    await store.addFiles([recording('a.mp3')])
    await settle()
    expect(only().phase).toBe('signed-out')
    store.resume(only().id)
    await settle()
    expect(only().phase).toBe('uploading')
  })
})

test('an error of the program is reported and stops the upload, which can be retried', async () => {
  w.failNext.create = new TypeError('This is a bug.')
  await store.addFiles([recording('a.mp3')])
  await settle()
  expect(only().phase).toBe('failed')
  expect(w.reported).toHaveLength(1)
  store.resume(only().id)
  await settle()
  expect(only().phase).toBe('uploading')
})

describe('actions of the user', () => {
  test('pause stops sending and resume continues from the same byte', async () => {
    await store.addFiles([recording('a.mp3')])
    await settle()
    sending(0).onUrl('/u/1')
    store.pause(only().id)
    expect(only().phase).toBe('paused')
    expect(sending(0).stopped).toBe(true)
    store.resume(only().id)
    await settle()
    expect(sending(1).uploadUrl).toBe('/u/1')
  })

  test('cancel removes the draft and its stored records', async () => {
    await store.addFiles([recording('a.mp3')])
    await settle()
    sending(0).onUrl('/u/1')
    expect(w.records.size).toBe(1)
    await store.cancel(only().id)
    expect(store.getSnapshot()).toHaveLength(0)
    expect(w.calls).toContain('remove s1')
    expect(w.records.size).toBe(0)
    expect(w.claimed.size).toBe(0)
  })

  test('cancel while the sermon is being created leaves no empty draft behind', async () => {
    const adding = store.addFiles([recording('a.mp3')])
    await adding
    await store.cancel(only().id)
    await settle()
    expect(w.calls).toEqual(['create a.mp3', 'remove s1'])
    expect(w.sendings).toHaveLength(0)
  })
})

describe('another recording of a sermon', () => {
  test('is sent to the target of the server, and cancelling it keeps the sermon', async () => {
    expect(await store.replaceRecording({ id: 's9', title: 'Grace' }, recording('b.mp3'))).toBeNull()
    await settle()
    expect(only()).toMatchObject({ phase: 'uploading', sermonId: 's9' })
    expect(w.calls).toEqual(['replace s9'])
    await store.cancel(only().id)
    expect(w.calls).toEqual(['replace s9'])
  })

  test('is not started twice', async () => {
    await store.replaceRecording({ id: 's9', title: 'Grace' }, recording('b.mp3'))
    expect(await store.replaceRecording({ id: 's9', title: 'Grace' }, recording('b.mp3'))).toEqual({
      kind: 'refused',
      message: 'alreadyUploading',
    })
    expect(await store.replaceRecording({ id: 's8', title: 'x' }, recording('b.pdf'))).toEqual({
      kind: 'refused',
      message: 'isPdf',
    })
  })
})
