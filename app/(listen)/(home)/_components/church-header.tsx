import { domainToUnicode } from 'node:url'
import { Clock, ExternalLink } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { ChurchLogo } from '#components/shell/church-logo.tsx'
import { textIn } from '#components/text/text-in.ts'
import type { PublicChurch } from '#lib/churches/church-profile.ts'

/** Who preaches here: the church with its logo, what it says about itself, its services and its website. */
export function ChurchHeader({ church }: { church: PublicChurch }) {
  const t = useTranslations('home')
  const { name, logo, description, serviceTimes, website } = church
  const services = serviceTimes.split('\n').flatMap((line) => line.trim() || [])
  return (
    <header>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        {logo ? <ChurchLogo logo={logo} /> : null}
        <div className="min-w-0 flex-1 basis-64">
          <h1 {...textIn(null)} className="title text-2xl wrap-anywhere md:text-3xl">
            {name}
          </h1>
          {description ? (
            <p {...textIn(null)} className="mt-1.5 max-w-prose text-base text-soft whitespace-pre-line">
              {description}
            </p>
          ) : null}
        </div>
      </div>
      {services.length > 0 || website ? (
        <div className="mt-3 flex flex-wrap items-start gap-x-6 gap-y-1 text-sm text-soft">
          {services.length > 0 ? (
            <ul aria-label={t('services')} className="flex flex-wrap gap-x-6 gap-y-1">
              {services.map((line) => (
                <li
                  key={line}
                  {...textIn(null)}
                  className="inline-flex min-h-8 items-center gap-2 wrap-anywhere"
                >
                  <Clock aria-hidden size={16} className="shrink-0 text-faint" />
                  {line}
                </li>
              ))}
            </ul>
          ) : null}
          {website ? (
            <a
              href={website}
              className="inline-flex min-h-8 items-center gap-2 font-medium text-accent underline-offset-4 wrap-anywhere hover:underline"
            >
              <ExternalLink aria-hidden size={16} className="shrink-0" />
              {shortAddress(website)}
            </a>
          ) : null}
        </div>
      ) : null}
    </header>
  )
}

/** An address as people read it: `www.gracechurch.org`. */
function shortAddress(website: string): string {
  const { hostname, pathname } = new URL(website)
  return `${domainToUnicode(hostname) || hostname}${pathname === '/' ? '' : pathname}`
}
