import Link from 'next/link'
import { classNames } from '#components/ui/class-names.ts'

/** A filter of few values, with how many each has, as links. */
export function StateTabs({
  label,
  tabs,
}: {
  label: string
  tabs: readonly { href: string; label: string; count?: number; isHere: boolean }[]
}) {
  return (
    <nav aria-label={label} className="-mx-5 overflow-x-auto px-5 md:mx-0 md:px-0">
      <ul className="flex w-max gap-2">
        {tabs.map(({ href, label: text, count, isHere }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              scroll={false}
              aria-current={isHere ? 'true' : undefined}
              className={classNames(
                'press block rounded-full border px-3 py-1 text-xs font-medium whitespace-nowrap no-underline',
                isHere
                  ? 'border-accent bg-accent-soft text-ink'
                  : 'border-line-strong text-soft hover:border-ink hover:text-ink',
              )}
            >
              {text}
              {count === undefined ? null : (
                <span className={classNames('figures ml-1.5', isHere ? 'text-soft' : 'text-faint')}>
                  {count}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
