import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { type BibleBook, bibleBooks } from './bible-books.ts'
import type { ReferenceKind } from './collect-references.ts'
import { chapterRange, splitVerseId } from './verse-range.ts'

/** How many published sermons preach on each chapter of a book, and how many name it; chapter 1 first. */
export type BookCoverage = { book: BibleBook; expounded: number[]; named: number[] }

const rangeRow = z.object({
  sermonId: z.string(),
  firstVerse: z.number(),
  lastVerse: z.number(),
  isExpounded: z.boolean(),
})

/** Counts the published sermons on each chapter of the Bible, in the order of its books. */
export async function readCoverage({ db }: { db: Database }): Promise<BookCoverage[]> {
  const { rows } = await db.execute(sql`
    select r.sermon_id as "sermonId", r.first_verse as "firstVerse", r.last_verse as "lastVerse",
      bool_or(r.kind = 'expounded') as "isExpounded"
    from scripture_refs r join sermons s on s.id = r.sermon_id
    where s.publication = 'published' and s.trashed_at is null
    group by 1, 2, 3`)
  const sets = bibleBooks.map((book) =>
    book.verses.map(() => ({ expounded: new Set<string>(), named: new Set<string>() })),
  )
  for (const { sermonId, firstVerse, lastVerse, isExpounded } of z.array(rangeRow).parse(rows)) {
    const [first, last] = [splitVerseId(firstVerse), splitVerseId(lastVerse)]
    for (let number = first.book; number <= last.book; number += 1) {
      const chapters = sets[number - 1] ?? []
      const from = number === first.book ? first.chapter : 1
      const to = number === last.book ? last.chapter : chapters.length
      for (const chapter of chapters.slice(from - 1, to)) {
        chapter.named.add(sermonId)
        if (isExpounded) chapter.expounded.add(sermonId)
      }
    }
  }
  return bibleBooks.map((book, place) => ({
    book,
    expounded: (sets[place] ?? []).map(({ expounded }) => expounded.size),
    named: (sets[place] ?? []).map(({ named }) => named.size),
  }))
}

const bookRow = z.object({ number: z.number(), sermons: z.number() })

/** How many published sermons expound or read each of the 66 books, in their order. */
export async function readBookCounts({
  db,
}: {
  db: Database
}): Promise<{ book: BibleBook; sermons: number }[]> {
  const { rows } = await db.execute(sql`
    select b.number, count(distinct r.sermon_id)::int as sermons
    from scripture_refs r join sermons s on s.id = r.sermon_id,
      generate_series(r.first_verse / 1000000, r.last_verse / 1000000) as b(number)
    where r.kind in ('expounded', 'read') and s.publication = 'published' and s.trashed_at is null
    group by b.number`)
  const counts = new Map(
    z
      .array(bookRow)
      .parse(rows)
      .map((row) => [row.number, row.sermons]),
  )
  return bibleBooks.map((book) => ({ book, sermons: counts.get(book.number) ?? 0 }))
}

/** A passage of a sermon that names a chapter. */
export type ChapterMoment = {
  id: string
  kind: ReferenceKind
  firstVerse: number
  lastVerse: number
  startMs: number
  endMs: number
  text: string
  /** Whether no person has reviewed the words. */
  isDraft: boolean
}

export type ChapterSermon = {
  id: string
  slug: string
  title: string
  speaker: string | null
  series: string | null
  scripture: string
  language: string
  durationMs: number | null
  mediaRevision: number
  isTextOnly: boolean
  preachedOn: string | null
  /** The strongest kind among all of its references to the chapter. */
  kind: ReferenceKind
  /** The passages that name it, in order; none if only the details do. */
  moments: ChapterMoment[]
}

const momentRow = z.object({
  sermonId: z.string(),
  slug: z.string(),
  title: z.string(),
  speaker: z.string().nullable(),
  series: z.string().nullable(),
  scripture: z.string(),
  language: z.string(),
  durationMs: z.number().nullable(),
  mediaRevision: z.number(),
  isTextOnly: z.boolean(),
  preachedOn: z.string().nullable(),
  kind: z.enum(['expounded', 'read', 'mentioned']),
  firstVerse: z.number(),
  lastVerse: z.number(),
  passageId: z.string().nullable(),
  startMs: z.number().nullable(),
  endMs: z.number().nullable(),
  text: z.string().nullable(),
  isDraft: z.boolean(),
})

const MOMENTS_PER_SERMON = 4
const MAX_SERMONS = 100

/**
 * Reads the published sermons that expound, read or mention a chapter, in this order, newest first among equals,
 * each with the passages that name it. At most `MAX_SERMONS`. An empty list if the book has no such chapter.
 */
export async function readChapter(
  { db }: { db: Database },
  { book, chapter }: { book: BibleBook; chapter: number },
): Promise<ChapterSermon[]> {
  const range = chapterRange(book, chapter)
  if (!range) return []
  const { rows } = await db.execute(sql`
    select s.id as "sermonId", s.slug, s.title, sp.name as speaker, se.title as series, s.scripture, s.language,
      s.duration_ms as "durationMs", s.media_revision as "mediaRevision", s.is_text_only as "isTextOnly", s.preached_on::text as "preachedOn",
      r.kind, r.first_verse as "firstVerse", r.last_verse as "lastVerse",
      p.id as "passageId", p.start_ms as "startMs", p.end_ms as "endMs", p.text,
      coalesce(t.is_draft, false) as "isDraft"
    from scripture_refs r
    join sermons s on s.id = r.sermon_id
    left join speakers sp on sp.id = s.speaker_id
    left join series se on se.id = s.series_id
    left join transcripts t on t.id = r.transcript_id
    left join passages p on p.transcript_id = r.transcript_id
      and r.first_word between p.first_word and p.last_word
    where s.publication = 'published' and s.trashed_at is null and r.first_verse <= ${range.end} and r.last_verse >= ${range.start}
    order by array_position(array['expounded', 'read', 'mentioned'], r.kind), s.preached_on desc nulls last,
      s.created_at desc, s.id, r.first_word nulls first`)
  const found = new Map<string, ChapterSermon>()
  for (const row of z.array(momentRow).parse(rows)) {
    const { sermonId, kind, firstVerse, lastVerse, passageId, startMs, endMs, text, isDraft, ...details } =
      row
    const known = found.get(sermonId)
    if (!known && found.size === MAX_SERMONS) continue
    const sermon = known ?? { id: sermonId, ...details, kind, moments: [] }
    found.set(sermonId, sermon)
    if (passageId === null || startMs === null || endMs === null || text === null) continue
    if (sermon.moments.length === MOMENTS_PER_SERMON || sermon.moments.some(({ id }) => id === passageId))
      continue
    sermon.moments.push({ id: passageId, kind, firstVerse, lastVerse, startMs, endMs, text, isDraft })
  }
  return [...found.values()]
}
