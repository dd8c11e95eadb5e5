import { useTranslations } from '#components/messages/use-translations.ts'
import { buttonClass } from '#components/ui/button.tsx'
import type { SearchOptions } from '#lib/search/read-search-options.ts'
import type { SearchAddress } from './search-address.ts'

/** The filters of a search as a part of its form, so that they work without JavaScript. */
export function SearchFilters({ address, options }: { address: SearchAddress; options: SearchOptions }) {
  const t = useTranslations('search')
  const lists = [
    { name: 'speaker', options: options.speakers.map(({ slug, name }) => ({ value: slug, name })) },
    { name: 'series', options: options.series.map(({ slug, name }) => ({ value: slug, name })) },
    { name: 'book', options: options.books.map(({ slug, name }) => ({ value: slug, name })) },
    { name: 'year', options: options.years.map((year) => ({ value: `${year}`, name: `${year}` })) },
  ] as const
  return (
    <fieldset className="mt-4 grid min-w-0 grid-cols-2 items-end sm:flex sm:flex-wrap gap-x-4 gap-y-3">
      <legend className="sr-only">{t('filters')}</legend>
      {lists
        .filter((list) => list.options.length > 0)
        .map((list) => (
          <label
            key={list.name}
            className="flex min-w-0 sm:max-w-[min(12rem,100%)] flex-col gap-1 text-xs text-faint"
          >
            {t(list.name)}
            <select
              key={address[list.name]}
              name={list.name}
              defaultValue={address[list.name]}
              className="min-h-10 w-full min-w-0 rounded-full border border-line-strong bg-raised px-3 text-sm text-ink"
            >
              <option value="">{t('any')}</option>
              {list.options.map(({ value, name }) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ))}
      <noscript>
        <button type="submit" className={buttonClass('secondary', 'sm')}>
          {t('apply')}
        </button>
      </noscript>
    </fieldset>
  )
}
