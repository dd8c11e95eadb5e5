import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type AutosavePorts, createAutosave } from './create-autosave.ts'
import type { Draft } from './merge-fields.ts'

type Form = { title: string; speaker: string }
const start = { fields: { title: 'Grace', speaker: 'Jane Doe' }, version: '1' }

/** A server and a browser's storage that a test controls. */
function world() {
  const sent: Partial<Form>[] = []
  const answers: (() => void)[] = []
  let isHeld = false
  let version = 1
  let failure: 'offline' | 'refused' | null = null
  const kept: { draft: Draft<Form> | null; isFull: boolean } = { draft: null, isFull: false }
  const ports: AutosavePorts<Form> = {
    async save(changes) {
      if (isHeld) await new Promise<void>((resolve) => answers.push(resolve))
      if (failure) throw new Error(failure)
      sent.push(changes)
      version += 1
      return { version: String(version) }
    },
    refuse: ({ title }) => (title === '' ? { message: 'titleMissing' } : null),
    explain: (error) => ({
      reason: { sentence: error instanceof Error ? error.message : '' },
      isTemporary: error instanceof Error && error.message === 'offline',
    }),
    drafts: {
      read: () => kept.draft,
      write(draft) {
        if (!kept.isFull) kept.draft = draft
        return !kept.isFull
      },
      remove() {
        kept.draft = null
      },
    },
  }
  return {
    ports,
    sent,
    kept,
    fail: (how: typeof failure) => {
      failure = how
    },
    hold: () => {
      isHeld = true
    },
    answer: () => answers.shift()?.(),
  }
}

let w: ReturnType<typeof world>
beforeEach(() => {
  vi.useFakeTimers()
  w = world()
})
afterEach(() => {
  vi.useRealTimers()
})
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('changes are saved when the typing stops, and only changed fields are sent', async () => {
  const form = createAutosave(start, w.ports)
  form.edit({ title: 'Grace a' })
  await wait(500)
  form.edit({ title: 'Grace and truth' })
  expect(form.getSnapshot().state).toEqual({ kind: 'saving' })
  await wait(800)
  expect(w.sent).toEqual([{ title: 'Grace and truth' }])
  expect(form.getSnapshot().state).toEqual({ kind: 'saved' })
})

test('changes during a save are saved after it', async () => {
  const form = createAutosave(start, w.ports)
  w.hold()
  form.edit({ title: 'One' })
  await wait(800)
  form.edit({ title: 'Two' })
  await wait(2000)
  w.answer()
  await wait(800)
  w.answer()
  await wait(0)
  expect(w.sent).toEqual([{ title: 'One' }, { title: 'Two' }])
  expect(form.getSnapshot().state).toEqual({ kind: 'saved' })
})

test('leaving the page saves immediately', async () => {
  const form = createAutosave(start, w.ports)
  form.edit({ title: 'Truth' })
  form.flush()
  await wait(0)
  expect(w.sent).toEqual([{ title: 'Truth' }])
})

test('a page that is closed before the answer loses nothing: the next page loads the draft and saves it', async () => {
  w.fail('offline')
  const closed = createAutosave(start, w.ports)
  closed.edit({ title: 'Truth' })
  closed.flush()
  await wait(0)
  w.fail(null)
  const reopened = createAutosave(start, w.ports)
  expect(reopened.getSnapshot().fields.title).toBe('Truth')
  await wait(800)
  expect(w.sent).toEqual([{ title: 'Truth' }])
  expect(w.kept.draft).toBeNull()
})

test('a lost connection is shown, and the save is retried automatically', async () => {
  w.fail('offline')
  const form = createAutosave(start, w.ports)
  form.edit({ title: 'Truth' })
  await wait(800)
  expect(form.getSnapshot().state).toEqual({
    kind: 'not-saved',
    reason: { sentence: 'offline' },
    retries: true,
  })
  w.fail(null)
  await wait(2100)
  expect(form.getSnapshot().state).toEqual({ kind: 'saved' })
})

test('a text that the server refuses is not sent again until it changes', async () => {
  w.fail('refused')
  const form = createAutosave(start, w.ports)
  form.edit({ title: 'Truth' })
  await wait(800)
  expect(form.getSnapshot().state).toEqual({
    kind: 'not-saved',
    reason: { sentence: 'refused' },
    retries: false,
  })
  w.fail(null)
  await wait(120_000)
  expect(w.sent).toEqual([])
  form.edit({ title: 'The truth' })
  await wait(800)
  expect(w.sent).toEqual([{ title: 'The truth' }])
})

test('invalid fields are reported and kept as a draft', async () => {
  const form = createAutosave(start, w.ports)
  form.edit({ title: '' })
  await wait(2000)
  expect(form.getSnapshot().state).toEqual({
    kind: 'not-saved',
    reason: { message: 'titleMissing' },
    retries: false,
  })
  expect(w.kept.draft?.typed).toEqual({ title: '' })
  expect(w.sent).toEqual([])
})

test('a change from elsewhere appears, and unsaved text is kept', async () => {
  const form = createAutosave(start, w.ports)
  form.edit({ title: 'Truth' })
  form.accept({ title: 'Grace', speaker: 'John Doe' }, '2')
  expect(form.getSnapshot().fields).toEqual({ title: 'Truth', speaker: 'John Doe' })
  await wait(800)
  expect(w.sent).toEqual([{ title: 'Truth' }])
})

test('a page that was rendered before the last save does not undo it', async () => {
  const form = createAutosave(start, w.ports)
  form.edit({ title: 'Truth' })
  await wait(800)
  form.accept(start.fields, '1')
  expect(form.getSnapshot().fields.title).toBe('Truth')
})

test('when the same field was changed elsewhere, nothing is overwritten until the user decides', async () => {
  const form = createAutosave(start, w.ports)
  form.edit({ title: 'Truth' })
  form.accept({ title: 'Mercy', speaker: 'Jane Doe' }, '2')
  expect(form.getSnapshot()).toEqual({
    fields: { title: 'Truth', speaker: 'Jane Doe' },
    state: { kind: 'conflict' },
  })
  await wait(60_000)
  expect(w.sent).toEqual([])
  form.keepMine()
  await wait(0)
  expect(w.sent).toEqual([{ title: 'Truth' }])
})

test('in a conflict the other text can be taken', async () => {
  const form = createAutosave(start, w.ports)
  form.edit({ title: 'Truth' })
  form.accept({ title: 'Mercy', speaker: 'Jane Doe' }, '2')
  form.discard()
  await wait(60_000)
  expect(form.getSnapshot().fields.title).toBe('Mercy')
  expect(w.sent).toEqual([])
  expect(w.kept.draft).toBeNull()
})

test('only a browser that cannot store a draft can lose text', async () => {
  const form = createAutosave(start, w.ports)
  form.edit({ title: 'Truth' })
  expect(form.wouldLose()).toBe(false)
  w.kept.isFull = true
  form.edit({ title: 'The truth' })
  expect(form.wouldLose()).toBe(true)
  await wait(800)
  expect(form.wouldLose()).toBe(false)
})
