import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { PlayMoment } from '#components/sermon/play-moment.tsx'
import { toTrack } from '#components/sermon/to-track.ts'
import { readingIn, textIn } from '#components/text/text-in.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Pill } from '#components/ui/pill.tsx'
import { type BibleBook, bookBySlug, chapterName } from '#lib/scripture/bible-books.ts'
import { formatRange } from '#lib/scripture/format-references.ts'
import { type ChapterMoment, type ChapterSermon, readChapter } from '#lib/scripture/read-coverage.ts'

type Props = PageProps<'/bible/[book]/[chapter]'>

async function readPlace({ params }: Props): Promise<{ book: BibleBook; chapter: number; name: string }> {
  const { book: slug, chapter: written } = await params
  const book = bookBySlug(slug)
  const chapter = /^\d{1,3}$/.test(written) ? Number(written) : 0
  if (!book?.verses[chapter - 1]) notFound()
  return { book, chapter, name: `${chapterName(book)} ${chapter}` }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [t, { name }] = await Promise.all([readTranslations('bible'), readPlace(props)])
  return { title: name, description: t('chapterDescription', { chapter: name }) }
}

/** The sermons that expound, read or mention a chapter. */
export default async function ChapterPage(props: Props) {
  const { book, chapter, name } = await readPlace(props)
  const [t, sermons] = await Promise.all([
    readTranslations('bible'),
    readChapter(services(), { book, chapter }),
  ])
  const groups = [
    { kind: 'expounded', title: t('expounded') },
    { kind: 'read', title: t('read') },
    { kind: 'mentioned', title: t('mentioned') },
  ].map((group) => ({ ...group, sermons: sermons.filter(({ kind }) => kind === group.kind) }))
  return (
    <div className="page pt-6 md:pt-10">
      <p className="text-sm">
        <Link href="/bible" className="text-soft underline-offset-4 hover:underline">
          {t('title')}
        </Link>
      </p>
      <h1 className="title mt-1 text-2xl md:text-3xl">{name}</h1>
      <Neighbours book={book} chapter={chapter} />
      {sermons.length === 0 ? (
        <EmptyState title={t('nothingTitle')} className="pb-10!">
          <p>{t('nothingText', { chapter: name })}</p>
        </EmptyState>
      ) : null}
      {groups
        .filter((group) => group.sermons.length > 0)
        .map((group) => (
          <section key={group.kind} aria-label={group.title} className="mt-10 max-w-[46rem]">
            <h2 className="title text-xl">{group.title}</h2>
            <ul className="mt-2 divide-y divide-line">
              {group.sermons.map((sermon) => (
                <Sermon key={sermon.id} sermon={sermon} />
              ))}
            </ul>
          </section>
        ))}
    </div>
  )
}

function Neighbours({ book, chapter }: { book: BibleBook; chapter: number }) {
  const t = useTranslations('bible')
  const link = (other: number) => ({
    href: `/bible/${book.slug}/${other}`,
    name: `${chapterName(book)} ${other}`,
  })
  const others = [chapter - 1, chapter + 1].filter((other) => book.verses[other - 1]).map(link)
  if (others.length === 0) return null
  return (
    <nav aria-label={t('otherChapters')} className="mt-4 flex flex-wrap gap-3">
      {others.map(({ href, name }) => (
        <ButtonLink key={href} href={href}>
          {name}
        </ButtonLink>
      ))}
    </nav>
  )
}

function Sermon({ sermon }: { sermon: ChapterSermon }) {
  return (
    <li className="py-6">
      <h3 {...textIn(sermon.language)} className="title text-lg">
        <Link href={`/sermons/${sermon.slug}`} className="underline-offset-4 hover:underline">
          {sermon.title}
        </Link>
      </h3>
      <p className="mt-0.5 text-xs text-faint">
        <bdi>{[sermon.speaker, sermon.scripture].filter(Boolean).join(' · ')}</bdi>
      </p>
      {sermon.moments.length > 0 ? (
        <div className="mt-4 flex flex-col gap-6">
          {sermon.moments.map((moment) => (
            <Moment key={moment.id} sermon={sermon} moment={moment} />
          ))}
        </div>
      ) : null}
    </li>
  )
}

function Moment({ sermon, moment }: { sermon: ChapterSermon; moment: ChapterMoment }) {
  const t = useTranslations('bible')
  return (
    <div className="flex flex-col items-start gap-2.5 sm:flex-row sm:gap-5">
      {sermon.isTextOnly ? null : (
        <div className="sm:w-20 sm:shrink-0">
          <PlayMoment track={toTrack(sermon)} startMs={moment.startMs} endMs={moment.endMs} />
        </div>
      )}
      <div>
        <p className="text-xs text-faint">
          {formatRange({ start: moment.firstVerse, end: moment.lastVerse })}
        </p>
        <p {...readingIn(sermon.language)} className="mt-1 font-serif text-base leading-relaxed text-pretty">
          {moment.text}
        </p>
        {moment.isDraft ? (
          <p className="mt-1.5">
            <Pill tone="warn">{t('draft')}</Pill>
          </p>
        ) : null}
      </div>
    </div>
  )
}
