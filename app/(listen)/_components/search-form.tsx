import { Search } from 'lucide-react'

/** A plain form to the search page; needs no script. */
export function SearchForm({ query = '' }: { query?: string }) {
  return (
    <form action="/search" method="get" className="relative w-full max-w-xl">
      <label htmlFor="search-words" className="sr-only">
        Search what was preached
      </label>
      <Search
        aria-hidden
        size={19}
        className="pointer-events-none absolute top-1/2 left-4.5 -translate-y-1/2 text-faint"
      />
      <input
        key={query}
        id="search-words"
        name="q"
        type="search"
        defaultValue={query}
        maxLength={200}
        autoComplete="off"
        enterKeyHint="search"
        placeholder="Search what was preached"
        className="h-12 w-full rounded-full border border-line-strong bg-raised pr-5 pl-12 text-base text-ink transition-colors duration-150 placeholder:text-faint hover:border-ink focus-visible:rounded-full focus-visible:outline-offset-0"
      />
    </form>
  )
}
