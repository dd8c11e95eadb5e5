/** A passage with the words of the search marked. `words` contains them in lower case. */
export function FoundText({ text, words }: { text: string; words: ReadonlySet<string> }) {
  let at = 0
  const parts = text.split(/([\p{L}\p{M}\p{N}’']+)/u).map((part) => {
    const start = at
    at += part.length
    return { start, part, isFound: words.has(part.toLowerCase()) }
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
