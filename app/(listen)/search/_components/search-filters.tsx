import { useTranslations } from '#components/messages/use-translations.ts'
import { buttonClass } from '#components/ui/button.tsx'
import type { SearchOptions } from '#lib/search/read-search-options.ts'
import type { SearchAddress } from '#lib/search/search-address.ts'
import { FilterSelect } from '../../_components/filter-select.tsx'

/** The filters of a search as a part of its form, so that they work without JavaScript. */
export function SearchFilters({ address, options }: { address: SearchAddress; options: SearchOptions }) {
  const t = useTranslations('search')
  const lists = [
    { name: 'speaker', options: options.speakers },
    { name: 'series', options: options.series },
    { name: 'topic', options: options.topics },
    { name: 'book', options: options.books },
    { name: 'year', options: options.years.map((year) => ({ slug: `${year}`, name: `${year}` })) },
  ] as const
  return (
    <fieldset className="mt-4 grid min-w-0 grid-cols-2 items-end sm:flex sm:flex-wrap gap-x-4 gap-y-3">
      <legend className="sr-only">{t('filters')}</legend>
      {lists
        .filter((list) => list.options.length > 0)
        .map((list) => (
          <div key={list.name} className="min-w-0 sm:max-w-[min(12rem,100%)]">
            <FilterSelect {...list} value={address[list.name]} label={t(list.name)} any={t('any')} />
          </div>
        ))}
      <noscript>
        <button type="submit" className={buttonClass('secondary', 'sm')}>
          {t('apply')}
        </button>
      </noscript>
    </fieldset>
  )
}
