'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import type { AskScopeOption } from '#lib/ask/ask-scope-options.ts'
import type { ScopeKind } from './ask-address.ts'

const names = { sermon: 'scopeSermon', series: 'scopeSeries', speaker: 'scopeSpeaker' } as const

/** Which sermons a question is put to: radio buttons of the form around them. */
export function ScopeChips({
  options,
  chosen,
  onChoose,
}: {
  options: readonly AskScopeOption[]
  chosen: AskScopeOption | null
  onChoose: (scope: ScopeKind) => void
}) {
  const t = useTranslations('ask')
  if (options.length === 0) return null
  const chips: { kind: ScopeKind; text: string }[] = [
    ...options.map(({ kind, name }) => ({ kind, text: t(names[kind], { name }) })),
    { kind: 'all', text: t('scopeAll') },
  ]
  const chosenKind = chosen?.kind ?? 'all'
  return (
    <fieldset className="mt-4 flex flex-wrap gap-2">
      <legend className="sr-only">{t('scope')}</legend>
      {chips.map(({ kind, text }) => (
        <label
          key={kind}
          className={classNames(
            'press flex min-h-9 max-w-full cursor-pointer items-center rounded-full border border-line bg-raised px-4 py-1.5 text-sm wrap-anywhere text-soft hover:border-line-strong hover:text-ink',
            'has-checked:border-accent has-checked:bg-accent-soft has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent',
          )}
        >
          <input
            type="radio"
            name="scope"
            value={kind}
            checked={kind === chosenKind}
            onChange={() => onChoose(kind)}
            className="sr-only"
          />
          {text}
        </label>
      ))}
    </fieldset>
  )
}
