import { Gauge, House, LogIn, MessageCircleQuestion, Search } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { NavLink } from './nav-link.tsx'
import { Mark } from './wordmark.tsx'

const places = [
  { href: '/', label: 'Home', Icon: House },
  { href: '/search', label: 'Search', Icon: Search },
  { href: '/ask', label: 'Ask', Icon: MessageCircleQuestion },
]

const doorFor = (isMember: boolean) =>
  isMember
    ? { href: '/dashboard', label: 'Dashboard', Icon: Gauge }
    : { href: '/sign-in', label: 'Sign in', Icon: LogIn }

/**
 * The frame of every page: a slim rail on a desk, tabs on a phone, and the one `<main>`. Pages bring
 * their own `h1` and never a second `<main>`.
 */
export function Shell({ isMember, children }: { isMember: boolean; children: ReactNode }) {
  const door = doorFor(isMember)
  return (
    <>
      <a
        href="#content"
        className="fixed top-3 left-3 z-70 -translate-y-20 rounded-full bg-ink px-5 py-2.5 text-sm font-medium text-paper focus:translate-y-0"
      >
        Skip to content
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
        <nav aria-label="Main" className="flex flex-col gap-1">
          {places.map(({ href, label, Icon }) => (
            <NavLink
              key={href}
              href={href}
              look="rail"
              icon={<Icon aria-hidden size={21} strokeWidth={1.8} />}
            >
              {label}
            </NavLink>
          ))}
          <hr className="mx-3 my-3 border-line" />
          <NavLink href={door.href} look="rail" icon={<door.Icon aria-hidden size={21} strokeWidth={1.8} />}>
            {door.label}
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
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-40 flex items-stretch border-t border-line bg-paper px-2 md:hidden"
        style={{ height: 'var(--tabs-height)', paddingBottom: 'env(safe-area-inset-bottom)' }}
      >
        {[...places, door].map(({ href, label, Icon }) => (
          <NavLink key={href} href={href} look="tab" icon={<Icon aria-hidden size={22} strokeWidth={1.8} />}>
            {label}
          </NavLink>
        ))}
      </nav>
    </>
  )
}
