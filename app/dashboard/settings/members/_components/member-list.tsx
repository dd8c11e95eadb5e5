'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { SelectField } from '#components/ui/field.tsx'
import { Pill } from '#components/ui/pill.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { MemberView } from '#lib/churches/members.ts'
import { InvitationLink } from './invitation-link.tsx'
import { type Invitation, readInvitation } from './read-invitation.ts'
import { roles } from './roles.ts'

/** The members of the church; an owner changes their roles and removes them. */
export function MemberList({
  members,
  ownId,
  canEdit,
}: {
  members: readonly MemberView[]
  ownId: string
  canEdit: boolean
}) {
  return (
    <ul className="border-t border-line">
      {members.map((member) => (
        <MemberRow key={member.userId} member={member} isSelf={member.userId === ownId} canEdit={canEdit} />
      ))}
    </ul>
  )
}

function MemberRow({ member, isSelf, canEdit }: { member: MemberView; isSelf: boolean; canEdit: boolean }) {
  const t = useTranslations('members')
  const failureText = useFailureText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const name = member.displayName || member.email
  const path = `/api/v1/members/${member.userId}`

  async function run(act: () => Promise<void>) {
    setBusy(true)
    try {
      await act()
    } catch (failure) {
      showToast(failureText(failure), 'danger')
    } finally {
      setBusy(false)
      router.refresh()
    }
  }
  const changeRole = (role: string) =>
    run(async () => {
      await callApi('PATCH', path, { role })
      showToast(t('roleChanged', { name }))
    })
  const invite = () =>
    run(async () => setInvitation(readInvitation(await callApi('POST', `${path}/invitation`))))
  const remove = () =>
    run(async () => {
      await callApi('DELETE', path)
      showToast(t('removed', { name }))
    })

  return (
    <li className="border-b border-line py-3 text-sm" data-member={member.email}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
            {name}
            {isSelf ? <Pill tone="neutral">{t('you')}</Pill> : null}
            {member.hasSignedIn ? null : <Pill tone="warn">{t('invited')}</Pill>}
          </p>
          {member.displayName ? <p className="text-xs text-soft wrap-anywhere">{member.email}</p> : null}
        </div>
        {canEdit ? (
          <SelectField
            label={t('roleOf', { name })}
            hideLabel
            value={member.role}
            disabled={busy}
            onChange={(event) => void changeRole(event.currentTarget.value)}
            options={roles.map((value) => ({ value, label: t(value) }))}
          />
        ) : (
          <p className="text-soft">{t(member.role)}</p>
        )}
        {canEdit && !member.hasSignedIn ? (
          <Button size="sm" busy={busy} onClick={() => void invite()}>
            {t('newLink')}
          </Button>
        ) : null}
        {canEdit ? <Remove name={name} busy={busy} onConfirm={() => void remove()} /> : null}
      </div>
      {invitation ? <InvitationLink invitation={invitation} /> : null}
    </li>
  )
}

function Remove({ name, busy, onConfirm }: { name: string; busy: boolean; onConfirm: () => void }) {
  const t = useTranslations('members')
  return (
    <ConfirmDialog
      title={t('removeTitle', { name })}
      description={t('removeText')}
      trigger={
        <Button size="sm" variant="quiet" disabled={busy} aria-label={t('removeNamed', { name })}>
          {t('remove')}
        </Button>
      }
      keep={t('keep')}
      confirm={t('remove')}
      onConfirm={onConfirm}
    />
  )
}
