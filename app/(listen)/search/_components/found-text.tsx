import { stemWord } from '#lib/search/stem-word.ts'

/** A passage with the words of the search marked, whatever their ending. */
export function FoundText({ text, stems }: { text: string; stems: ReadonlySet<string> }) {
  let at = 0
  const parts = text.split(/([\p{L}\p{N}’']+)/u).map((part) => {
    const start = at
    at += part.length
    return { start, part, isFound: stems.has(stemWord(part.toLowerCase())) }
  })
  return parts.map(({ start, part, isFound }) =>
    isFound ? (
      <mark key={start} className="rounded-sm bg-accent-soft text-ink">
        {part}
      </mark>
    ) : (
      part
    ),
  )
}
