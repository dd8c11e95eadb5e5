import { CircleUser, Gauge, House, Library, LogIn, MessageCircleQuestion, Search } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { NavLink } from './nav-link.tsx'
import { Mark } from './wordmark.tsx'

const places = [
  { href: '/', name: 'home', Icon: House },
  { href: '/search', name: 'search', Icon: Search },
  { href: '/ask', name: 'ask', Icon: MessageCircleQuestion },
  { href: '/library', name: 'library', Icon: Library },
] as const

const lastPlaces = {
  anonymous: { href: '/sign-in', name: 'signIn', Icon: LogIn },
  listener: { href: '/account', name: 'account', Icon: CircleUser },
  member: { href: '/dashboard', name: 'dashboard', Icon: Gauge },
} as const

/**
 * The layout of every page: a navigation rail on a desktop, tabs on a phone, and the only `<main>`. Pages bring
 * their own `h1` and no other `<main>`.
 */
export function Shell({ visitor, children }: { visitor: keyof typeof lastPlaces; children: ReactNode }) {
  const t = useTranslations('shell')
  const last = lastPlaces[visitor]
  return (
    <>
      <a
        href="#content"
        className="fixed top-3 left-3 z-70 -translate-y-20 rounded-full bg-ink px-5 py-2.5 text-sm font-medium text-paper focus:translate-y-0"
      >
        {t('skipToContent')}
      </a>

      <header
        className="fixed top-0 left-0 z-30 hidden flex-col border-r border-line bg-paper px-1.5 pt-5 md:flex xl:px-3"
        style={{ width: 'var(--rail-width)', bottom: 'var(--player-height)' }}
      >
        <Link
          href="/"
          prefetch={false}
          className="press mb-6 flex items-center justify-center gap-2.5 rounded-card py-1 text-ink no-underline xl:justify-start xl:px-3"
        >
          <Mark className="size-8 text-accent" />
          <span className="title sr-only text-lg xl:not-sr-only">Selah</span>
        </Link>
        <nav aria-label={t('navigation')} className="flex flex-col gap-1">
          {places.map(({ href, name, Icon }) => (
            <NavLink
              key={href}
              href={href}
              look="rail"
              icon={<Icon aria-hidden size={21} strokeWidth={1.8} />}
            >
              {t(name)}
            </NavLink>
          ))}
          <hr className="mx-3 my-3 border-line" />
          <NavLink href={last.href} look="rail" icon={<last.Icon aria-hidden size={21} strokeWidth={1.8} />}>
            {t(last.name)}
          </NavLink>
        </nav>
      </header>

      <main
        id="content"
        tabIndex={-1}
        className="outline-none"
        style={{
          paddingLeft: 'var(--rail-width)',
          paddingBottom: 'calc(var(--covered) + 3rem)',
        }}
      >
        {children}
      </main>

      <nav
        aria-label={t('tabs')}
        className="fixed inset-x-0 bottom-0 z-40 flex items-stretch border-t border-line bg-paper px-2 md:hidden"
        style={{ height: 'var(--tabs-height)', paddingBottom: 'env(safe-area-inset-bottom)' }}
      >
        {[...places, last].map(({ href, name, Icon }) => (
          <NavLink key={href} href={href} look="tab" icon={<Icon aria-hidden size={22} strokeWidth={1.8} />}>
            {t(name)}
          </NavLink>
        ))}
      </nav>
    </>
  )
}
