import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ApiWord } from '#lib/sermons/to-api-transcript.ts'
import { transcriptPatchSchema } from '#lib/sermons/transcript-input.ts'
import { correctWords, type WordTable } from '#lib/transcripts/correct-words.ts'
import { nameOfWord } from '#lib/transcripts/word-table.ts'
import { type EditHistory, emptyHistory, redo, remember, undo } from './edit-history.ts'
import { applyRegions, type Paragraph, type Region } from './transcript-document.ts'
import { createWordStore } from './word-store.ts'

const vocabulary = ['grace', 'and', 'truth', 'peace', 'be', 'still'] as const
const texts = fc.array(
  fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 8 }).map((words) => words.join(' ')),
  { minLength: 1, maxLength: 5 },
)

/** A server with the words of a transcript, and an editor that has opened it. */
function open(paragraphTexts: readonly string[]) {
  const words = paragraphTexts.flatMap((text) => text.split(' '))
  let table: WordTable = {
    words: words.map((text, at) => [text, at * 400, at * 400 + 350]),
    ids: words.map((_, at) => at),
    confidences: words.map(() => null),
    sentences: [[0, words.length - 1]],
    paragraphStarts: null,
    speakerTurns: null,
  }
  let nextId = words.length
  const toApi = (at: number): ApiWord => {
    const [text = '', startMs = 0, endMs = 0] = table.words[at] ?? []
    return { id: nameOfWord(table.ids[at] ?? 0), text, startMs, endMs, confidence: null }
  }
  let at = 0
  const opened = paragraphTexts.map((text) => {
    const own = text.split(' ').map(() => toApi(at++))
    return { key: own[0]?.id ?? '', speaker: null, text, words: own }
  })
  const store = createWordStore(opened)
  let paragraphs: Paragraph[] = opened.map(({ key, speaker, text }) => ({ key, speaker, text }))
  let history: EditHistory = emptyHistory
  let newKeys = 0
  const apply = (regions: readonly Region[]) => {
    store.move(paragraphs, regions)
    paragraphs = applyRegions(paragraphs, regions)
  }
  const send = (plan: ReturnType<typeof store.planSave>) => {
    const { edits } = transcriptPatchSchema.parse({ revision: 1, edits: plan.edits })
    const result = correctWords(table, edits, nextId)
    table = result.table
    nextId = result.nextId
    return result.applied.map(({ from, to, firstWord, count }) => ({
      from: nameOfWord(from),
      to: nameOfWord(to),
      words: Array.from({ length: count }, (_, offset) => toApi(firstWord + offset)),
    }))
  }
  return {
    change(regions: readonly Region[]) {
      apply(regions)
      history = remember(history, regions)
    },
    /** `inBetween` happens while the server answers. */
    save(inBetween = () => {}) {
      const answer = send(store.planSave(paragraphs))
      inBetween()
      store.accept(answer, paragraphs)
    },
    undo() {
      const step = undo(history)
      if (step) apply(step.regions)
      history = step?.history ?? history
      return step !== null
    },
    redo() {
      const step = redo(history)
      if (step) apply(step.regions)
      history = step?.history ?? history
      return step !== null
    },
    newKey: () => `n${++newKeys}`,
    paragraphs: () => paragraphs,
    wordsOf: store.words,
    outline: () => store.outline(paragraphs),
    serverText: () => table.words.map(([text]) => text).join(' '),
    table: () => table,
  }
}

const textOf = (paragraphs: readonly Paragraph[]) => paragraphs.map(({ text }) => text).join(' ')

type Session = ReturnType<typeof open>
const command = fc.record({
  kind: fc.constantFrom('edit', 'split', 'join', 'remove', 'save', 'undo', 'redo', 'saveWhile'),
  at: fc.nat(20),
  place: fc.nat(20),
  text: fc
    .array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 6 })
    .map((words) => words.join(' ')),
})

function run(
  session: Session,
  { kind, at, place, text }: { kind: string; at: number; place: number; text: string },
) {
  const paragraphs = session.paragraphs()
  const index = at % paragraphs.length
  const paragraph = paragraphs[index]
  const next = paragraphs[index + 1]
  if (!paragraph) return
  const words = paragraph.text.split(' ')
  const cut = 1 + (place % Math.max(1, words.length - 1))
  if (kind === 'edit') {
    const changed = [...words.slice(0, cut), text, ...words.slice(cut + (place % 3))].join(' ')
    session.change([{ at: index, removed: [paragraph], inserted: [{ ...paragraph, text: changed }] }])
  } else if (kind === 'split' && words.length > 1) {
    const parts = [words.slice(0, cut).join(' '), words.slice(cut).join(' ')]
    const added = { key: session.newKey(), speaker: null, text: parts[1] ?? '' }
    session.change([
      { at: index, removed: [paragraph], inserted: [{ ...paragraph, text: parts[0] ?? '' }, added] },
    ])
  } else if (kind === 'join' && next) {
    const joined = { ...paragraph, text: `${paragraph.text} ${next.text}` }
    session.change([{ at: index, removed: [paragraph, next], inserted: [joined] }])
  } else if (kind === 'remove' && paragraphs.length > 1) {
    session.change([{ at: index, removed: [paragraph], inserted: [] }])
  } else if (kind === 'undo') session.undo()
  else if (kind === 'redo') session.redo()
  else if (kind === 'save') session.save()
  else if (kind === 'saveWhile') session.save(() => run(session, { kind: 'split', at, place, text }))
}

test('whatever is changed, undone and saved, the server has the text of the page, in its paragraphs', () => {
  fc.assert(
    fc.property(texts, fc.array(command, { maxLength: 14 }), (initial, commands) => {
      const session = open(initial)
      for (const each of commands) run(session, each)
      session.save()
      const paragraphs = session.paragraphs()
      expect(session.serverText()).toBe(textOf(paragraphs))
      for (const { key, text } of paragraphs) {
        expect(
          session
            .wordsOf(key)
            .map((word) => word.text)
            .join(' '),
        ).toBe(text)
      }
      expect(session.outline().paragraphStarts).toHaveLength(paragraphs.length)
    }),
    { numRuns: 200 },
  )
})

test('a paragraph that was split and changed in several places before it was saved has its own words', () => {
  const session = open(['grace still and'])
  for (const each of [
    { kind: 'edit', at: 0, place: 9, text: 'and grace grace' },
    { kind: 'split', at: 0, place: 7, text: '' },
    { kind: 'edit', at: 0, place: 0, text: 'grace still grace' },
  ])
    run(session, each)
  session.save()
  for (const { key, text } of session.paragraphs())
    expect(
      session
        .wordsOf(key)
        .map((word) => word.text)
        .join(' '),
    ).toBe(text)
})

test('undoing every change gives the first text back, and making them again the last', () => {
  fc.assert(
    fc.property(texts, fc.array(command, { maxLength: 12 }), (initial, commands) => {
      const session = open(initial)
      for (const each of commands) if (each.kind !== 'undo' && each.kind !== 'redo') run(session, each)
      const last = session.paragraphs()
      while (session.undo()) session.save()
      expect(session.paragraphs().map(({ text }) => text)).toEqual(initial)
      expect(session.serverText()).toBe(initial.join(' '))
      while (session.redo());
      expect(session.paragraphs()).toEqual(last)
    }),
    { numRuns: 200 },
  )
})

test('a paragraph that comes back before anything was saved has its own words again', () => {
  const session = open(['grace', 'truth'])
  const [first] = session.paragraphs()
  if (!first) throw new Error('There is no first paragraph')
  const longer = { ...first, text: 'grace truth' }
  session.change([{ at: 0, removed: [first], inserted: [longer] }])
  session.change([{ at: 0, removed: [longer], inserted: [] }])
  session.undo()
  session.undo()
  session.save()
  expect(session.paragraphs().map(({ key }) => session.wordsOf(key).map(({ text }) => text))).toEqual([
    ['grace'],
    ['truth'],
  ])
})

test('a paragraph that was deleted and saved comes back with its times', () => {
  const session = open(['grace be still', 'and truth', 'peace'])
  const before = session.table().words
  const [, second] = session.paragraphs()
  if (!second) throw new Error('There is no second paragraph')
  session.change([{ at: 1, removed: [second], inserted: [] }])
  session.save()
  expect(session.serverText()).toBe('grace be still peace')
  session.undo()
  session.save()
  expect(session.table().words).toEqual(before)
})

const type = (session: Session, ...typed: string[]) => {
  for (const text of typed) {
    const [paragraph] = session.paragraphs()
    if (paragraph) session.change([{ at: 0, removed: [paragraph], inserted: [{ ...paragraph, text }] }])
  }
}

test('the letters of a word are one step, and the next word is another', () => {
  const session = open(['grace'])
  type(session, 'grace ', 'grace t', 'grace to', 'grace to ', 'grace to y', 'grace to yo')
  session.undo()
  expect(session.paragraphs()[0]?.text).toBe('grace to ')
  session.undo()
  expect(session.paragraphs()[0]?.text).toBe('grace ')
  session.redo()
  expect(session.paragraphs()[0]?.text).toBe('grace to ')
})

test('removing letters is a step of its own, and typing elsewhere too', () => {
  const session = open(['grace and truth'])
  type(session, 'grace and trut', 'grace and tru', 'xgrace and tru')
  session.undo()
  expect(session.paragraphs()[0]?.text).toBe('grace and tru')
  session.undo()
  expect(session.paragraphs()[0]?.text).toBe('grace and truth')
})
