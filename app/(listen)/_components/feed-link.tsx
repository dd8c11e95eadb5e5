import { Rss } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'

/** A link to the podcast feed of what the page lists. */
export function FeedLink({ href }: { href: string }) {
  const t = useTranslations('library')
  return (
    <a
      href={href}
      className="press -ml-2 inline-flex min-h-9 items-center gap-1.5 rounded-full px-2 text-sm font-medium text-soft hover:bg-sunken hover:text-ink"
    >
      <Rss aria-hidden size={15} />
      {t('feed')}
    </a>
  )
}
