import { ownStorage } from '#components/ui/own-storage.ts'

/** A question that was asked in this browser, with the address of its answer. */
export type RecentQuestion = { href: string; question: string }

const key = 'selah:questions'
const MAX_KEPT = 20

/** The questions kept in `storage`, newest first. Anything unreadable counts as none. */
export function parseRecentQuestions(stored: string | null): RecentQuestion[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(value) ? value.filter(isRecentQuestion) : []
  } catch {
    return []
  }
}

function isRecentQuestion(value: unknown): value is RecentQuestion {
  if (typeof value !== 'object' || value === null) return false
  if (!('href' in value) || !('question' in value)) return false
  // Storage can be written by anything on this site: only addresses of answers are shown as links.
  return (
    typeof value.href === 'string' && value.href.startsWith('/ask?') && typeof value.question === 'string'
  )
}

/** Reads the stored text; compare it to see whether the list changed. */
export function readRecentQuestions(storage = ownStorage()): string | null {
  return storage?.getItem(key) ?? null
}

/** Puts a question first in the list; asked again, it moves there. */
export function rememberQuestion(question: RecentQuestion, storage = ownStorage()): void {
  const others = parseRecentQuestions(readRecentQuestions(storage)).filter(
    ({ href }) => href !== question.href,
  )
  write([question, ...others].slice(0, MAX_KEPT), storage)
}

export function forgetQuestion(href: string, storage = ownStorage()): void {
  const left = parseRecentQuestions(readRecentQuestions(storage)).filter((question) => question.href !== href)
  write(left, storage)
}

export function forgetAllQuestions(storage = ownStorage()): void {
  write([], storage)
}

const listeners = new Set<() => void>()

/** Calls `listener` when the list changes, here or in another tab. Returns how to stop. */
export function watchRecentQuestions(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

function write(questions: readonly RecentQuestion[], storage: Storage | null): void {
  try {
    if (questions.length === 0) storage?.removeItem(key)
    else storage?.setItem(key, JSON.stringify(questions))
  } catch {
    // Storage is full or not allowed: the list is not changed.
  }
  for (const listener of listeners) listener()
}
