'use client'

import { startTransition, useActionState, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextAreaField, TextField } from '#components/ui/field.tsx'
import type { ChurchProfile } from '#lib/churches/church-profile-input.ts'
import { profileLimits } from '#lib/churches/profile-limits.ts'
import { saveProfileAction } from '../actions.ts'

/** The colour that the choice of one begins with. */
const FIRST_COLOUR = '#7a4a12'

/** What the home page says about the church. */
export function ChurchProfileForm({ profile, canEdit }: { profile: ChurchProfile; canEdit: boolean }) {
  const t = useTranslations('settings')
  const [outcome, act, busy] = useActionState(saveProfileAction, null)
  const { description, serviceTimes, website, colour } = profile
  // A form that was refused keeps what was typed.
  const [typed, setTyped] = useState<Partial<ChurchProfile>>({})
  const text = { description, serviceTimes, website, colour, ...typed }
  const field = (name: keyof typeof profileLimits) => ({
    name,
    value: text[name],
    maxLength: profileLimits[name],
    disabled: !canEdit,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setTyped((before) => ({ ...before, [name]: value })),
  })
  return (
    <form
      onSubmit={(event) => {
        // As an action of the form it would reset the tick after it was saved.
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        startTransition(() => act(form))
      }}
      className="flex flex-col gap-4"
    >
      <TextAreaField
        label={t('description')}
        hint={t('descriptionHint')}
        rows={3}
        {...field('description')}
      />
      <TextAreaField
        label={t('serviceTimes')}
        hint={t('serviceTimesHint')}
        placeholder={t('serviceTimesExample')}
        rows={3}
        {...field('serviceTimes')}
      />
      <TextField
        label={t('website')}
        hint={t('websiteHint')}
        inputMode="url"
        autoComplete="url"
        {...field('website')}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <label className="inline-flex min-h-11 items-center gap-2.5 text-sm">
          <input
            type="checkbox"
            checked={text.colour !== ''}
            disabled={!canEdit}
            onChange={({ currentTarget: { checked } }) =>
              setTyped((before) => ({ ...before, colour: checked ? FIRST_COLOUR : '' }))
            }
            className="size-5 accent-accent"
          />
          {t('useColour')}
        </label>
        {text.colour === '' ? null : (
          <input
            type="color"
            name="colour"
            aria-label={t('colour')}
            value={text.colour}
            disabled={!canEdit}
            onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, colour: value }))}
            className="h-11 w-16 cursor-pointer rounded-card border border-line-strong bg-raised p-1"
          />
        )}
      </div>
      {canEdit ? (
        <div>
          <Button type="submit" busy={busy}>
            {t('saveProfile')}
          </Button>
        </div>
      ) : null}
      <p role="status" className={`text-xs empty:hidden ${outcome?.ok ? 'text-ok' : 'text-danger'}`}>
        {busy ? null : outcome?.message}
      </p>
    </form>
  )
}
