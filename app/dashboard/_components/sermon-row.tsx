'use client'

import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import { firstFailure, firstWarning, sermonFacts } from '#components/dashboard/describe-sermon.ts'
import { FacetPill } from '#components/dashboard/facet-pill.tsx'
import { PublicationPill } from '#components/dashboard/publication-pill.tsx'
import { PublishButton } from '#components/dashboard/publish-button.tsx'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { Pill } from '#components/ui/pill.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** The columns of the list where there is room for them; on a phone and with large text a row is a small card. */
export const rowColumns =
  '@3xl:grid @3xl:grid-cols-[minmax(0,1fr)_18rem_10.25rem_9.25rem] @3xl:items-center @3xl:gap-x-5'

/** One sermon of the church's list. */
export function SermonRow({
  sermon,
  canEdit,
  selected,
  onSelect,
  onChange,
}: {
  sermon: SermonView
  canEdit: boolean
  selected: boolean
  onSelect: (selected: boolean) => void
  onChange: (patch: Partial<SermonView>) => void
}) {
  const t = useTranslations('dashboard')
  const language = useLanguage()
  const facts = sermonFacts(sermon, language)
  const failure = firstFailure(sermon)
  const problem = failure ?? firstWarning(sermon)
  const colour = failure ? 'text-danger' : 'text-warn'
  const href = `/dashboard/sermons/${sermon.id}`
  return (
    <li
      className={`${rowColumns} border-b border-line py-4 has-[:checked]:bg-accent-soft/40`}
      data-sermon={sermon.id}
    >
      <div className="flex min-w-0 items-start">
        {canEdit ? (
          // The label makes the touch target large enough for a finger.
          <label className="-mt-2 -mb-3 -ml-3 grid size-11 shrink-0 cursor-pointer place-items-center">
            <input
              type="checkbox"
              checked={selected}
              onChange={(event) => onSelect(event.currentTarget.checked)}
              aria-label={t('select', { title: sermon.title })}
              className="size-4.5 accent-accent"
            />
          </label>
        ) : null}
        <div className="min-w-0">
          <h2 {...textIn(sermon.language)} className="title text-base wrap-anywhere">
            <Link href={href} className="text-ink no-underline hover:underline">
              {sermon.title}
            </Link>
            {sermon.isSample ? (
              <span className="ml-2 inline-block align-middle font-sans tracking-normal">
                <Pill>{t('sample')}</Pill>
              </span>
            ) : null}
          </h2>
          <p className="figures mt-0.5 text-xs text-soft">
            {facts === '' ? t.rich('added', { when: () => <RelativeTime iso={sermon.createdAt} /> }) : facts}
          </p>
          {problem ? (
            <p className={`mt-1.5 text-xs ${colour}`}>
              {problem}{' '}
              <Link href={href} className={`font-medium underline ${colour}`}>
                {t('seeWhatToDo')}
              </Link>
            </p>
          ) : null}
        </div>
      </div>
      <div className="mt-3 flex flex-wrap items-start gap-1.5 @3xl:mt-0">
        {sermon.isTextOnly ? (
          <Pill>{t('textOnly')}</Pill>
        ) : (
          <FacetPill facet="media" view={sermon.facets.media} />
        )}
        <FacetPill facet="transcript" view={sermon.facets.transcript} />
        <FacetPill facet="index" view={sermon.facets.index} />
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-2 @3xl:contents">
        <div>
          <PublicationPill sermon={sermon} />
        </div>
        <div className="ml-auto flex items-center justify-end gap-1">
          {canEdit ? <PublishButton sermon={sermon} onChange={onChange} /> : null}
          <Link
            href={`/sermons/${sermon.slug}`}
            aria-label={t('openPageOf', { title: sermon.title })}
            title={t('openPage')}
            className="press grid size-9 place-items-center rounded-full text-soft hover:bg-sunken hover:text-ink"
          >
            <ExternalLink aria-hidden size={16} />
          </Link>
        </div>
      </div>
    </li>
  )
}
