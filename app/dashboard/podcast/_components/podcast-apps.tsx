import { useTranslations } from '#components/messages/use-translations.ts'

const apps = [
  { name: 'apple', href: 'https://podcastsconnect.apple.com/' },
  { name: 'spotify', href: 'https://creators.spotify.com/' },
  { name: 'youtube', href: 'https://studio.youtube.com/' },
  { name: 'overcast', href: 'https://overcast.fm/podcasterinfo' },
] as const

/** How a church adds its feed to the podcast apps that people use. */
export function PodcastApps() {
  const t = useTranslations('podcast')
  return (
    <dl className="flex flex-col gap-4 text-sm">
      {apps.map(({ name, href }) => (
        <div key={name}>
          <dt className="font-medium text-ink">{t(name)}</dt>
          <dd className="mt-1 text-soft">
            {t(`${name}Text`)}{' '}
            <a
              href={href}
              target="_blank"
              rel="noreferrer"
              className="text-accent underline underline-offset-4"
            >
              {t('open', { app: t(name) })}
            </a>
          </dd>
        </div>
      ))}
    </dl>
  )
}
