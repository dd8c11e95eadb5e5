import { Search } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'

/** A form that opens the search page; works without JavaScript. */
export function SearchForm() {
  return (
    <search className="w-full max-w-xl">
      <form action="/search" method="get">
        <SearchField />
      </form>
    </search>
  )
}

/** The field of a search form with its button. */
export function SearchField({ query = '' }: { query?: string }) {
  const t = useTranslations('search')
  return (
    <div className="relative">
      <label htmlFor="search-words" className="sr-only">
        {t('label')}
      </label>
      <input
        id="search-words"
        name="q"
        type="search"
        defaultValue={query}
        maxLength={200}
        autoComplete="off"
        enterKeyHint="search"
        placeholder={t('label')}
        className="h-12 w-full rounded-full border border-line-strong bg-raised pr-14 pl-5 text-base text-ink transition-colors duration-150 placeholder:text-faint hover:border-ink focus-visible:rounded-full focus-visible:outline-offset-0"
      />
      <button
        type="submit"
        aria-label={t('submit')}
        title={t('submit')}
        className="press absolute top-0.5 right-0.5 grid size-11 place-items-center rounded-full text-soft hover:bg-sunken hover:text-ink"
      >
        <Search aria-hidden size={19} />
      </button>
    </div>
  )
}
