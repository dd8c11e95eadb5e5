import { Circle, CircleCheck } from 'lucide-react'
import Link from 'next/link'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { readChurchProfile } from '#lib/churches/church-profile.ts'
import { listMembers } from '#lib/churches/members.ts'

/** What a church that has only the samples can do next. A step is ticked by what is there. */
export async function ChurchSteps({ churchId, isOwner }: { churchId: string; isOwner: boolean }) {
  const [t, church, members] = await Promise.all([
    readTranslations('dashboard'),
    readChurchProfile(services(), { churchId }),
    listMembers(services(), { churchId }),
  ])
  const isDescribed = [church.description, church.serviceTimes, church.website].some(Boolean)
  const steps = [
    { name: 'stepUpload', href: null, isDone: false },
    { name: 'stepProfile', href: '/dashboard/settings', isDone: isDescribed },
    { name: 'stepMembers', href: '/dashboard/settings/members', isDone: members.length > 1 },
    { name: 'stepSamples', href: '/dashboard/settings', isDone: false },
  ] as const
  return (
    <div className="mb-6">
      <Panel title={t('firstSteps')}>
        <p className="text-sm text-soft">{t('onlySamples')}</p>
        <ol className="mt-3 flex flex-col gap-2.5">
          {steps
            .filter(({ href }) => href === null || isOwner)
            .map(({ name, href, isDone }) => {
              const Mark = isDone ? CircleCheck : Circle
              return (
                <li key={name} className="flex gap-2.5 text-sm">
                  <Mark
                    aria-label={t(isDone ? 'stepDone' : 'stepOpen')}
                    role="img"
                    size={19}
                    className={isDone ? 'mt-px shrink-0 text-ok' : 'mt-px shrink-0 text-faint'}
                  />
                  <span>
                    {href === null ? (
                      <span className="font-medium">{t(name)}</span>
                    ) : (
                      <Link
                        href={href}
                        className="font-medium text-accent underline-offset-4 hover:underline"
                      >
                        {t(name)}
                      </Link>
                    )}{' '}
                    <span className="text-soft">{t(`${name}Text`)}</span>
                  </span>
                </li>
              )
            })}
        </ol>
      </Panel>
    </div>
  )
}
