'use client'

import { type ComponentProps, useEffect, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import type { UnknownReference } from '#lib/scripture/check-written-reference.ts'

/** A person who types is not interrupted. */
const CHECK_AFTER_MS = 600

/**
 * The field for the scripture of a sermon. It says when the text is no Bible reference, offers what may be meant, and keeps
 * the text in any case.
 */
export function ScriptureField({
  value,
  onChange,
  ...field
}: Omit<ComponentProps<typeof TextField>, 'value' | 'onChange' | 'label'> & {
  value: string
  onChange: (scripture: string) => void
}) {
  const t = useTranslations('upload')
  const unknown = useUnknownReference(field.disabled ? '' : value)
  const suggestion = unknown?.suggestion
  return (
    <div className="flex flex-col gap-1.5">
      <TextField
        {...field}
        label={t('scripture')}
        value={value}
        placeholder={t('scriptureExample')}
        {...(unknown ? { hint: t('scriptureUnknown', { part: unknown.part }) } : {})}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <span role="status" className="sr-only">
        {unknown ? t('scriptureUnknown', { part: unknown.part }) : ''}
      </span>
      {suggestion ? (
        <Button size="sm" className="self-start" onClick={() => onChange(suggestion)}>
          {t('scriptureMeant', { reference: suggestion })}
        </Button>
      ) : null}
    </div>
  )
}

function useUnknownReference(text: string): UnknownReference | null {
  const [found, setFound] = useState<{ text: string; unknown: UnknownReference | null } | null>(null)
  useEffect(() => {
    if (text.trim() === '') return
    let isOver = false
    const timer = setTimeout(() => {
      // Loaded when there is a text: the parser of references is large. Without a network nothing is said.
      import('#lib/scripture/check-written-reference.ts').then(
        ({ checkWrittenReference }) => {
          if (!isOver) setFound({ text, unknown: checkWrittenReference(text) })
        },
        () => undefined,
      )
    }, CHECK_AFTER_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [text])
  return found?.text === text ? found.unknown : null
}
