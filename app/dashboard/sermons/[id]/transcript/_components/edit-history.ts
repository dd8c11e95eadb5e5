import { invertRegions, type Region } from './transcript-document.ts'

/** One step that can be undone. */
type Step = { regions: readonly Region[]; typed: Typed | null }
/** Where typing in a paragraph stopped; the next letter there belongs to the same step. */
type Typed = { key: string; offset: number; isRemoval: boolean; endsWord: boolean }

export type EditHistory = { done: readonly Step[]; undone: readonly Step[] }

export const emptyHistory: EditHistory = { done: [], undone: [] }

const MOST_STEPS = 1000

/** Adds a change. Letters of one word that are typed one after the other are one step, and so are removed ones. */
export function remember(history: EditHistory, regions: readonly Region[]): EditHistory {
  const typed = readTyping(regions)
  const last = history.done.at(-1)
  if (typed && last?.typed && history.undone.length === 0 && continues(last.typed, typed, regions)) {
    const [first] = last.regions
    const [now] = regions
    if (first && now) {
      const joined = { ...first, inserted: now.inserted }
      return { done: [...history.done.slice(0, -1), { regions: [joined], typed }], undone: [] }
    }
  }
  return { done: [...history.done.slice(-MOST_STEPS + 1), { regions, typed }], undone: [] }
}

/** The change that takes the last step back, and the history after it; null if there is none. */
export function undo({ done, undone }: EditHistory): { regions: Region[]; history: EditHistory } | null {
  const step = done.at(-1)
  if (!step) return null
  return {
    regions: invertRegions(step.regions),
    history: { done: done.slice(0, -1), undone: [...undone, { ...step, typed: null }] },
  }
}

/** The change that makes the step that was taken back last again, and the history after it. */
export function redo({
  done,
  undone,
}: EditHistory): { regions: readonly Region[]; history: EditHistory } | null {
  const step = undone.at(-1)
  if (!step) return null
  return { regions: step.regions, history: { done: [...done, step], undone: undone.slice(0, -1) } }
}

/** Where two texts differ. */
export function findChange(before: string, after: string): { at: number; removed: string; inserted: string } {
  const most = Math.min(before.length, after.length)
  let at = 0
  while (at < most && before[at] === after[at]) at += 1
  let end = 0
  while (end < most - at && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  return {
    at,
    removed: before.slice(at, before.length - end),
    inserted: after.slice(at, after.length - end),
  }
}

function readTyping(regions: readonly Region[]): Typed | null {
  const [region, ...others] = regions
  const [before, ...restBefore] = region?.removed ?? []
  const [after, ...restAfter] = region?.inserted ?? []
  if (others.length > 0 || restBefore.length > 0 || restAfter.length > 0) return null
  if (!before || !after || before.key !== after.key || before.speaker !== after.speaker) return null
  const { at, removed, inserted } = findChange(before.text, after.text)
  const isRemoval = removed.length > inserted.length
  const endsWord = /\s$/u.test(isRemoval ? removed : inserted)
  return { key: after.key, offset: at + inserted.length, isRemoval, endsWord }
}

function continues(last: Typed, now: Typed, regions: readonly Region[]): boolean {
  if (last.key !== now.key || last.isRemoval !== now.isRemoval) return false
  const [region] = regions
  const { at, removed, inserted } = findChange(
    region?.removed[0]?.text ?? '',
    region?.inserted[0]?.text ?? '',
  )
  if (now.isRemoval) return at + removed.length === last.offset || at === last.offset
  // A space ends a word, and the next letter begins another step.
  return at === last.offset && removed === '' && !(last.endsWord && !/^\s/u.test(inserted))
}
