import type { ApiWord } from '#lib/sermons/to-api-transcript.ts'
import { divideWords, type PlannedEdit, planEdits, spliceWords, textOfWords } from './plan-edits.ts'
import type { Paragraph, Region } from './transcript-document.ts'

type AnsweredEdit = { from: string; to: string; words: readonly ApiWord[] }

/** Which words of the server belong to each paragraph, while both change. */
export function createWordStore(opened: readonly { key: string; words: readonly ApiWord[] }[]) {
  let order = opened.map(({ key }) => key)
  const wordsOf = new Map<string, readonly ApiWord[]>(opened.map(({ key, words }) => [key, words]))
  /** All words that a paragraph ever had: their times are known if they come back. */
  const known = new Map(wordsOf)
  const words = (key: string) => wordsOf.get(key) ?? []

  function set(key: string, next: readonly ApiWord[]) {
    wordsOf.set(key, next)
    const ids = new Set(next.map(({ id }) => id))
    known.set(key, [...(known.get(key) ?? []).filter(({ id }) => !ids.has(id)), ...next])
  }

  /** Divides the words of paragraphs again among those that are there now. */
  function divide(keys: readonly string[], paragraphs: readonly Paragraph[]) {
    const parts = divideWords(
      keys.flatMap(words),
      paragraphs.map(({ text }) => text),
    )
    for (const key of keys) wordsOf.set(key, [])
    for (const [index, { key }] of paragraphs.entries()) set(key, parts[index] ?? [])
  }

  function move(paragraphs: readonly Paragraph[], { at, removed, inserted }: Region): Paragraph[] {
    const next = [...paragraphs]
    next.splice(at, removed.length, ...inserted)
    const isTextOnly = removed.length === 1 && inserted.length === 1 && removed[0]?.key === inserted[0]?.key
    if (isTextOnly) return next
    // The words of a removed paragraph need another one to be removed from.
    const needsNeighbour = removed.length === 0 || inserted.length === 0
    const from = needsNeighbour && at > 0 ? at - 1 : at
    const extra = needsNeighbour && at === 0 ? 1 : 0
    const keys = paragraphs.slice(from, at + removed.length + extra).map(({ key }) => key)
    divide(keys, next.slice(from, at + inserted.length + extra))
    return next
  }

  return {
    words,
    /** The id of the first word of a paragraph; its key if it has no words yet. */
    nameOf: (key: string) => words(key)[0]?.id ?? key,
    move(paragraphs: readonly Paragraph[], regions: readonly Region[]) {
      let next = [...paragraphs]
      for (const region of regions.toReversed()) next = move(next, region)
      order = next.map(({ key }) => key)
    },
    /** Takes over paragraphs that a stored draft has changed. */
    adopt(paragraphs: readonly Paragraph[]) {
      const now = paragraphs.map(({ key }) => key)
      if (now.join() === order.join()) return
      divide(order, paragraphs)
      order = now
    },
    /** The edits that give the server these texts; `isPlaced` if each paragraph begins with a word of the server. */
    planSave(paragraphs: readonly Paragraph[]): { edits: PlannedEdit[]; isPlaced: boolean } {
      const groups: { members: Paragraph[]; keys: string[]; text: string; hasWords: boolean }[] = []
      for (const paragraph of paragraphs) {
        const { key, text } = paragraph
        const last = groups.at(-1)
        const hasWords = words(key).length > 0
        if (last && (!hasWords || !last.hasWords)) {
          last.members.push(paragraph)
          last.keys.push(key)
          last.text += ` ${text}`
          last.hasWords ||= hasWords
        } else groups.push({ members: [paragraph], keys: [key], text, hasWords })
      }
      // The server has these words already, but another paragraph of the group holds them.
      for (const { members, keys, text } of groups) {
        if (keys.length > 1 && text === textOfWords(keys.flatMap(words))) divide(keys, members)
      }
      let placedMs = 0
      const edits = groups.flatMap(({ keys, text }, index) => {
        const present = keys.flatMap(words)
        if (text === textOfWords(present)) return []
        const spoken = keys.flatMap((key) => known.get(key) ?? [])
        const fromMs = Math.max(placedMs, groups[index - 1]?.keys.flatMap(words).at(-1)?.endMs ?? 0)
        const toMs = groups[index + 1]?.keys.flatMap(words)[0]?.startMs ?? Number.POSITIVE_INFINITY
        const isBetween = (word: ApiWord) => word.startMs >= fromMs && word.endMs <= toMs
        const planned = planEdits(present, text, spoken.filter(isBetween))
        placedMs = planned.reduce((atMs, { times }) => Math.max(atMs, times?.at(-1)?.[1] ?? 0), placedMs)
        return planned
      })
      const isPlaced = groups.every(
        ({ keys }) => keys.length === 1 || keys.every((key) => words(key).length > 0),
      )
      return { edits, isPlaced }
    },
    /** Which words begin paragraphs and turns of speakers, for the server. */
    outline(paragraphs: readonly Paragraph[]) {
      const placed = paragraphs.flatMap(({ key, speaker }) => {
        const first = words(key)[0]?.id
        return first === undefined ? [] : [{ from: first, name: speaker }]
      })
      return {
        paragraphStarts: placed.map(({ from }) => from),
        speakers: placed.filter(({ name }) => name !== null),
      }
    },
    /** Takes over the words of the server's answer. */
    accept(edits: readonly AnsweredEdit[], paragraphs: readonly Paragraph[]) {
      // The words are divided when all have arrived: the texts of the paragraphs have all of them.
      const owned = new Map<number, number>()
      for (const edit of edits) {
        const at = order.findIndex((key) => words(key).some(({ id }) => id === edit.from))
        const end = order.findIndex((key) => words(key).some(({ id }) => id === edit.to))
        if (at < 0 || end < at) continue
        // Paragraphs without words that follow may be those of the new words.
        let last = end
        while (last + 1 < order.length && words(order[last + 1] ?? '').length === 0) last += 1
        let first = at
        while (first > 0 && words(order[first - 1] ?? '').length === 0) first -= 1
        const keys = order.slice(first, last + 1)
        const present = spliceWords(keys.flatMap(words), [edit])
        const [owner = ''] = keys
        for (const key of keys) wordsOf.set(key, [])
        set(owner, present)
        owned.set(first, Math.max(last, owned.get(first) ?? first))
      }
      for (const [first, last] of owned) {
        if (last > first) divide(order.slice(first, last + 1), paragraphs.slice(first, last + 1))
      }
    },
  }
}
