'use client'

import Link from 'next/link'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import type { AnswerList, ListedSermon } from './answer-stream.ts'

/** The sermons or speakers that a question asked for; for a summary, a heading for its key sentences. */
export function AnswerListView({ list }: { list: AnswerList }) {
  const t = useTranslations('ask')
  if (list.kind === 'summary') {
    return <h2 className="mb-8 text-xs font-medium text-faint">{t('summaryOf')}</h2>
  }
  if (list.sermons.length + list.speakers.length === 0) return null
  return (
    <section className="mb-12 animate-appear">
      <h2 className="mb-4 text-xs font-medium text-faint">
        {t(list.kind === 'speakers' ? 'speakersOn' : 'sermonsOn')}
      </h2>
      {list.kind === 'speakers' ? (
        <ul className="flex flex-col gap-5">
          {list.speakers.map(({ slug, name, sermons }) => (
            <li key={slug}>
              <Link
                {...textIn(null)}
                href={`/speakers/${slug}`}
                className="title text-lg underline-offset-4 hover:underline"
              >
                {name}
              </Link>
              <Sermons sermons={sermons.map((sermon) => ({ ...sermon, speaker: null }))} />
            </li>
          ))}
        </ul>
      ) : (
        <Sermons sermons={list.sermons} />
      )}
    </section>
  )
}

/** The sermon that the church gives as the answer to a question. */
export function LinkedSermon({ sermon }: { sermon: ListedSermon }) {
  const t = useTranslations('ask')
  return (
    <section className="mb-12 animate-appear">
      <h2 className="mb-2 text-xs font-medium text-faint">{t('linked')}</h2>
      <p className="title text-xl">
        <Link href={`/sermons/${sermon.slug}`} className="underline-offset-4 hover:underline">
          {sermon.title}
        </Link>
      </p>
      {sermon.speaker ? <p className="mt-0.5 text-sm text-faint">{sermon.speaker}</p> : null}
    </section>
  )
}

function Sermons({ sermons }: { sermons: readonly ListedSermon[] }) {
  return (
    <ul className="mt-1 flex flex-col gap-1.5">
      {sermons.map(({ slug, title, speaker }) => (
        <li key={slug} className="text-base">
          <Link {...textIn(null)} href={`/sermons/${slug}`} className="underline-offset-4 hover:underline">
            {title}
          </Link>
          {speaker ? <span className="text-sm text-faint"> · {speaker}</span> : null}
        </li>
      ))}
    </ul>
  )
}
