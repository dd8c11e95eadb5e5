import { expect, test } from 'vitest'
import { applyDraft, changedFields } from './merge-fields.ts'

const server = { title: 'Grace', speaker: 'Jane Doe' }

test('only fields with another value count as changed', () => {
  expect(changedFields(server, { title: 'Grace and truth', speaker: 'Jane Doe' })).toEqual({
    title: 'Grace and truth',
  })
})

test('a kept draft is applied over the values it was typed over', () => {
  expect(applyDraft(server, { typed: { title: 'Truth' }, over: { title: 'Grace' } })).toEqual({
    fields: { title: 'Truth', speaker: 'Jane Doe' },
    isInConflict: false,
  })
})

test('a draft that has been saved already changes nothing', () => {
  expect(applyDraft(server, { typed: { title: 'Grace' }, over: { title: 'Old' } })).toEqual({
    fields: server,
    isInConflict: false,
  })
})

test('a field that was changed elsewhere is a conflict, and the typed text is kept', () => {
  expect(applyDraft(server, { typed: { title: 'Truth' }, over: { title: 'Old' } })).toEqual({
    fields: { title: 'Truth', speaker: 'Jane Doe' },
    isInConflict: true,
  })
})
