import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { placeCaret } from './caret.ts'
import { type EditHistory, emptyHistory, findChange, redo, remember, undo } from './edit-history.ts'
import type { TranscriptAutosave } from './open-transcript-autosave.ts'
import { freeKey, type Paragraph, type Region } from './transcript-document.ts'

/** The changes that a person can make to the paragraphs, each of which can be taken back. */
export type DocumentActions = {
  edit(key: string, text: string): void
  split(key: string, offset: number): void
  join(key: string): void
  joinNext(key: string): void
  remove(key: string): void
  replace(texts: Readonly<Record<string, string>>): void
  /** `name` speaks from this paragraph on; with null the person before continues. */
  setSpeaker(key: string, name: string | null): void
  undo(): void
  redo(): void
}

/** The changes of an open transcript, and whether one can be taken back or made again. */
export function useDocument(editor: TranscriptAutosave): {
  actions: DocumentActions
  canUndo: boolean
  canRedo: boolean
} {
  const [history, setHistory] = useState(emptyHistory)
  /** The same, for changes that follow one another within one event. */
  const current = useRef(history)
  const caret = useRef<{ key: string; offset: number } | null>(null)
  useLayoutEffect(() => {
    const { current: wanted } = caret
    caret.current = null
    if (wanted) placeCaret(wanted.key, wanted.offset)
  })

  const actions = useMemo((): DocumentActions => {
    function store(next: EditHistory) {
      current.current = next
      setHistory(next)
    }
    function change(regions: readonly Region[], place?: { key: string; offset: number }) {
      if (regions.length === 0) return
      caret.current = place ?? null
      editor.apply(regions)
      store(remember(current.current, regions))
    }
    const find = (key: string) => {
      const paragraphs = editor.paragraphs()
      const at = paragraphs.findIndex((paragraph) => paragraph.key === key)
      return { paragraphs, at, paragraph: paragraphs[at] }
    }
    function revise(key: string, patch: Partial<Paragraph>) {
      const { at, paragraph } = find(key)
      if (paragraph) change([{ at, removed: [paragraph], inserted: [{ ...paragraph, ...patch }] }])
    }
    function joinAt(at: number, paragraphs: readonly Paragraph[]) {
      const one = paragraphs[at - 1]
      const other = paragraphs[at]
      if (!one || !other) return
      const text = [one.text.trimEnd(), other.text.trimStart()].filter(Boolean).join(' ')
      const offset = one.text.trimEnd().length + (one.text === '' ? 0 : 1)
      change([{ at: at - 1, removed: [one, other], inserted: [{ ...one, text }] }], { key: one.key, offset })
    }
    function travel(step: ReturnType<typeof undo> | ReturnType<typeof redo>) {
      if (!step) return
      caret.current = placeOf(step.regions)
      editor.apply(step.regions)
      store(step.history)
    }
    return {
      edit: (key, text) => revise(key, { text }),
      split(key, offset) {
        const { at, paragraph } = find(key)
        if (!paragraph) return
        const before = paragraph.text.slice(0, offset).trimEnd()
        const after = paragraph.text.slice(offset).trimStart()
        if (before === '' || after === '') return
        const added = { key: freeKey(editor.autosave.getSnapshot().fields), speaker: null, text: after }
        const inserted = [{ ...paragraph, text: before }, added]
        change([{ at, removed: [paragraph], inserted }], { key: added.key, offset: 0 })
      },
      join(key) {
        const { at, paragraphs } = find(key)
        joinAt(at, paragraphs)
      },
      joinNext(key) {
        const { at, paragraphs } = find(key)
        joinAt(at + 1, paragraphs)
      },
      remove(key) {
        const { at, paragraph, paragraphs } = find(key)
        if (paragraph && paragraphs.length > 1) change([{ at, removed: [paragraph], inserted: [] }])
      },
      replace(texts) {
        change(
          editor.paragraphs().flatMap((paragraph, at) => {
            const text = texts[paragraph.key]
            if (text === undefined || text === paragraph.text) return []
            return [{ at, removed: [paragraph], inserted: [{ ...paragraph, text }] }]
          }),
        )
      },
      setSpeaker: (key, speaker) => revise(key, { speaker }),
      undo: () => travel(undo(current.current)),
      redo: () => travel(redo(current.current)),
    }
  }, [editor])
  return { actions, canUndo: history.done.length > 0, canRedo: history.undone.length > 0 }
}

/** The end of what a change inserted, or where it removed something. */
function placeOf(regions: readonly Region[]): { key: string; offset: number } | null {
  const region = regions[0]
  const after = region?.inserted.at(-1)
  if (!region || !after) return null
  const before = region.removed.find(({ key }) => key === after.key)
  if (!before) return { key: after.key, offset: 0 }
  const { at, inserted } = findChange(before.text, after.text)
  return { key: after.key, offset: at + inserted.length }
}
