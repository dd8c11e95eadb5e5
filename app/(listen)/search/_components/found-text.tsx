import type { Mark } from '#lib/search/find-marks.ts'

/** A passage with what the search found in it marked. */
export function FoundText({ text, marks }: { text: string; marks: readonly Mark[] }) {
  return (
    <>
      {marks.map(({ start, end }, place) => (
        <span key={start}>
          {text.slice(marks[place - 1]?.end ?? 0, start)}
          <mark className="rounded-sm bg-accent-soft text-ink">{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.end ?? 0)}
    </>
  )
}
