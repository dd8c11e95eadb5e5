'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { SelectField, TextField } from '#components/ui/field.tsx'
import { InvitationLink } from './invitation-link.tsx'
import { type Invitation, readInvitation } from './read-invitation.ts'
import { roles } from './roles.ts'

/** Makes a person a member, and shows the link for their password, which the owner sends them. */
export function InviteMember() {
  const t = useTranslations('members')
  const failureText = useFailureText()
  const router = useRouter()
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function invite(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    setBusy(true)
    setError(null)
    setInvitation(null)
    try {
      const answer = await callApi('POST', '/api/v1/members', Object.fromEntries(new FormData(form)))
      setInvitation(readInvitation(answer))
      form.reset()
      router.refresh()
    } catch (failure) {
      setError(failureText(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={invite} className="flex flex-col gap-4">
      <p className="text-sm text-soft">{t('inviteText')}</p>
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="off"
        required
        maxLength={254}
        error={error}
      />
      <SelectField
        label={t('role')}
        name="role"
        defaultValue="editor"
        hint={t('roleHint')}
        options={roles.map((value) => ({ value, label: t(value) }))}
      />
      <div>
        <Button type="submit" busy={busy}>
          {t('makeLink')}
        </Button>
      </div>
      {invitation ? <InvitationLink invitation={invitation} /> : null}
    </form>
  )
}
