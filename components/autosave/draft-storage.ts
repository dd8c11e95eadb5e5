import * as v from 'valibot'
import type { Draft, Fields } from './merge-fields.ts'

const texts = v.record(v.string(), v.string())
const draftSchema = v.object({ typed: texts, over: texts })

function keyOf(owner: string, name: string): string {
  return `selah:draft:${owner}:${name}`
}

/** `null` if there is no draft or the browser forbids its storage. */
function readText(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Returns whether the browser stored it: private windows and full disks may not. */
function writeText(key: string, text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
    return true
  } catch {
    return false
  }
}

function parseDraft(text: string): Draft<Fields> | null {
  try {
    return v.parse(draftSchema, JSON.parse(text))
  } catch {
    return null
  }
}

/** One form's draft in this browser, separate for each person who signs in. Without `start` a form may have any fields. */
export function formDraft<F extends Fields>(
  owner: string,
  name: string,
  start?: F,
): { read(): Draft<F> | null; write(draft: Draft<F>): boolean; remove(): void } {
  const key = keyOf(owner, name)
  /** Only fields that the form has. */
  const own = (texts: Partial<Fields>): Partial<F> => {
    if (!start) return texts as Partial<F>
    const known: Partial<F> = {}
    for (const field in start) {
      if (texts[field] !== undefined) known[field] = texts[field] as F[typeof field]
    }
    return known
  }
  return {
    read() {
      const text = readText(key)
      const draft = text === null ? null : parseDraft(text)
      return draft && { typed: own(draft.typed), over: own(draft.over) }
    },
    write: (draft) => writeText(key, JSON.stringify(draft)),
    remove() {
      writeText(key, null)
    },
  }
}

/** One text field's draft in this browser; an empty text is no draft. */
export function textDraft(owner: string, name: string): { read(): string; write(text: string): boolean } {
  const key = keyOf(owner, name)
  return {
    read: () => readText(key) ?? '',
    write: (text) => writeText(key, text === '' ? null : text),
  }
}
