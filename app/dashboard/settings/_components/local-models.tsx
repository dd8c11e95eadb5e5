import { useTranslations } from '#components/messages/use-translations.ts'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { ModelState } from '#lib/models/read-model-states.ts'

const MEGABYTE = 1_000_000

/** The models that run on this machine, and how far the download of each is. */
export function LocalModels({ models }: { models: readonly ModelState[] }) {
  const t = useTranslations('settings')
  return (
    <ul className="flex flex-col gap-4 text-sm">
      {models.map(({ id, state, receivedBytes, totalBytes, failure }) => (
        <li key={id} className="flex min-w-0 flex-col gap-1.5">
          <span className="flex flex-wrap gap-x-3">
            <span className="min-w-0 font-medium break-words">{id}</span>
            <span className="text-soft">
              {t('modelState', {
                state,
                received: Math.floor(receivedBytes / MEGABYTE),
                total: Math.ceil(totalBytes / MEGABYTE),
              })}
            </span>
          </span>
          {state === 'ready' ? null : (
            <ProgressBar label={t('modelProgress', { id })} value={(100 * receivedBytes) / totalBytes} />
          )}
          {failure ? <span className="text-soft">{failure.message}</span> : null}
        </li>
      ))}
    </ul>
  )
}
