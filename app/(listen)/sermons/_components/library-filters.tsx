import Link from 'next/link'
import { useTranslations } from '#components/messages/use-translations.ts'
import { buttonClass } from '#components/ui/button.tsx'
import type { SearchOptions } from '#lib/search/read-search-options.ts'
import type { SermonFilter } from '#lib/sermons/filter-sermons.ts'
import { FilterSelect } from '../../_components/filter-select.tsx'

/** What the library shows, as a form whose address can be shared. It works without JavaScript. */
export function LibraryFilters({ filter, options }: { filter: SermonFilter; options: SearchOptions }) {
  const t = useTranslations('library')
  const lists = [
    { name: 'series', value: filter.seriesSlug, options: options.series },
    { name: 'speaker', value: filter.speakerSlug, options: options.speakers },
    { name: 'topic', value: filter.topicSlug, options: options.topics },
    { name: 'book', value: filter.book?.slug, options: options.books },
    {
      name: 'year',
      value: filter.year?.toString(),
      options: options.years.map((year) => ({ slug: `${year}`, name: `${year}` })),
    },
  ] as const
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <form action="/sermons" method="get" className="mt-5">
      <fieldset className="grid min-w-0 grid-cols-2 items-end gap-x-3 gap-y-3 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
        <legend className="sr-only">{t('filters')}</legend>
        <label className="col-span-2 flex min-w-0 flex-col gap-1 text-xs text-faint lg:col-span-1">
          {t('words')}
          <input
            name="q"
            defaultValue={filter.text ?? ''}
            maxLength={200}
            className="min-h-11 w-full min-w-0 rounded-full border border-line-strong bg-raised px-4 text-sm text-ink"
          />
        </label>
        {lists
          .filter((list) => list.options.length > 0)
          .map((list) => (
            <FilterSelect key={list.name} {...list} label={t(list.name)} any={t('all')} />
          ))}
      </fieldset>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <button type="submit" className={buttonClass('secondary', 'sm')}>
          {t('apply')}
        </button>
        {isFiltered ? (
          <Link href="/sermons" className="text-sm text-soft underline underline-offset-4 hover:text-ink">
            {t('clear')}
          </Link>
        ) : null}
      </div>
    </form>
  )
}
