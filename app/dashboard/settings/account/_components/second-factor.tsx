'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import {
  beginSecondFactorAction,
  confirmSecondFactorAction,
  removeSecondFactorAction,
} from '../second-factor-actions.ts'

/** Sets up an authenticator app as the second factor, or turns it off. */
export function SecondFactor({ isOn, recoveryCodesLeft }: { isOn: boolean; recoveryCodesLeft: number }) {
  const t = useTranslations('account')
  const [begun, begin, beginning] = useActionState(beginSecondFactorAction, null)
  const [confirmed, confirm, confirming] = useActionState(confirmSecondFactorAction, null)
  const [removed, remove, removing] = useActionState(removeSecondFactorAction, null)

  if (confirmed?.ok && isOn) return <RecoveryCodes codes={confirmed.recoveryCodes ?? []} />
  if (isOn) {
    return (
      <form action={remove} className="flex flex-col gap-4">
        <p className="text-sm text-soft">{t('factorOn', { count: recoveryCodesLeft })}</p>
        <PasswordField />
        <CodeField error={removed?.ok === false ? removed.message : null} />
        <div>
          <Button type="submit" variant="danger" busy={removing}>
            {t('removeFactor')}
          </Button>
        </div>
      </form>
    )
  }
  const setup = begun?.setup
  return (
    <>
      <p className="text-sm text-soft">{t('factorText')}</p>
      {begun?.ok === false ? (
        <Notice tone="danger" live className="mt-4">
          {begun.message}
        </Notice>
      ) : null}
      {setup ? (
        <form action={confirm} className="mt-4 flex flex-col gap-4">
          <div className="text-sm">
            <p>{t('factorKey')}</p>
            <code data-factor-key className="mt-1 block font-mono text-base break-all select-all">
              {setup.key}
            </code>
            <p className="mt-2">
              <a href={setup.address}>{t('openApp')}</a>
            </p>
          </div>
          <PasswordField />
          <CodeField error={confirmed?.ok === false ? confirmed.message : null} />
          <div>
            <Button type="submit" busy={confirming}>
              {t('confirmFactor')}
            </Button>
          </div>
        </form>
      ) : (
        <form action={begin} className="mt-4">
          <Button type="submit" busy={beginning}>
            {t('addFactor')}
          </Button>
        </form>
      )}
    </>
  )
}

function PasswordField() {
  const t = useTranslations('account')
  return (
    <TextField
      label={t('currentPassword')}
      name="current"
      type="password"
      autoComplete="current-password"
      required
      maxLength={1000}
    />
  )
}

function CodeField({ error }: { error: string | null }) {
  const t = useTranslations('account')
  return (
    <TextField
      label={t('code')}
      name="code"
      autoComplete="one-time-code"
      required
      maxLength={40}
      error={error}
      hint={t('codeHint')}
    />
  )
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const t = useTranslations('account')
  return (
    <Notice tone="ok" live title={t('factorAdded')}>
      <p className="mt-1 text-sm">{t('recoveryText')}</p>
      <ul className="mt-2 grid grid-cols-2 gap-x-6 gap-y-1 font-mono text-sm">
        {codes.map((code) => (
          <li key={code} data-recovery-code className="break-all select-all">
            {code}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
