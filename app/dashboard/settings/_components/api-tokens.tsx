'use client'

import { Check, Copy } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useDraft } from '#components/autosave/use-draft.ts'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { SelectField, TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { ApiTokenView } from '#lib/auth/api-tokens.ts'
import type { TokenScope } from '#lib/db/schema.ts'
import { cleanText } from '#lib/text/clean-text.ts'
import { readNewToken } from './read-new-token.ts'

const dayMs = 24 * 60 * 60 * 1000
const lives = [30, 90, 365, 730] as const
const scopeTexts = { read: 'scopeRead', write: 'scopeWrite', operate: 'scopeOperate' } as const

/** The tokens of outside programs: created here, shown once, revoked here. */
export function ApiTokens({
  tokens,
  scopes,
}: {
  tokens: readonly ApiTokenView[]
  /** The scopes that the person may give, the smallest first. */
  scopes: readonly TokenScope[]
}) {
  const t = useTranslations('settings')
  const failureText = useFailureText()
  const router = useRouter()
  const [made, setMade] = useState<string | null>(null)
  const [name, setName] = useDraft('token-name')
  const [scope, setScope] = useState<string>('write')
  const [days, setDays] = useState('365')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function create(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setError(null)
    setMade(null)
    try {
      const answer = await callApi('POST', '/api/v1/tokens', {
        name: cleanText(name),
        scope,
        expiresAt: new Date(Date.now() + Number(days) * dayMs).toISOString(),
      })
      setMade(readNewToken(answer))
      setName('')
      router.refresh()
    } catch (failure) {
      setError(failureText(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <p className="text-sm text-soft">{t('tokensText')}</p>
      <form onSubmit={create} className="mt-4 flex flex-col gap-4">
        <div className="flex flex-wrap gap-4">
          <SelectField
            label={t('tokenScope')}
            name="scope"
            value={scope}
            onChange={(event) => setScope(event.currentTarget.value)}
            options={scopes.map((value) => ({ value, label: t(scopeTexts[value]) }))}
          />
          <SelectField
            label={t('tokenLife')}
            name="days"
            value={days}
            onChange={(event) => setDays(event.currentTarget.value)}
            options={lives.map((life) => ({ value: String(life), label: t('tokenDays', { days: life }) }))}
          />
        </div>
        <TextField
          label={t('tokenFor')}
          name="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={80}
          placeholder={t('tokenExample')}
          autoComplete="off"
          error={error}
          action={
            <Button type="submit" busy={busy}>
              {t('createToken')}
            </Button>
          }
        />
      </form>
      {made ? <NewToken token={made} /> : null}
      {tokens.length > 0 ? (
        <ul className="mt-5 border-t border-line">
          {tokens.map((token) => (
            <li
              key={token.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-3 text-sm"
            >
              <div className="min-w-0 flex-1 basis-56">
                <p className="font-medium wrap-anywhere">{token.name}</p>
                <p className="text-xs text-soft">
                  <span className="wrap-anywhere">{token.owner}</span> · {t(scopeTexts[token.scope])} ·{' '}
                  {t.rich(token.lastUsedAt ? 'tokenUsed' : 'tokenNeverUsed', {
                    hint: () => <span className="font-mono">{token.hint}</span>,
                    created: () => <RelativeTime iso={token.createdAt} />,
                    used: () => <RelativeTime iso={token.lastUsedAt ?? token.createdAt} />,
                  })}
                  {token.expiresAt === null
                    ? null
                    : t.rich('tokenEnds', { ends: () => <RelativeTime iso={token.expiresAt ?? ''} /> })}
                </p>
              </div>
              <Revoke token={token} />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

function NewToken({ token }: { token: string }) {
  const t = useTranslations('settings')
  const [copied, setCopied] = useState(false)

  async function copy() {
    try {
      await navigator.clipboard.writeText(token)
      setCopied(true)
    } catch {
      // Browsers forbid copying on pages without a secure connection.
      showToast(t('copyRefused'), 'danger')
    }
  }

  return (
    <Notice tone="ok" live title={t('copyNow')} className="mt-4">
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <code data-new-token className="font-mono text-sm break-all select-all">
          {token}
        </code>
        <Button
          size="sm"
          icon={copied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
          onClick={() => void copy()}
        >
          {t(copied ? 'copied' : 'copy')}
        </Button>
      </div>
    </Notice>
  )
}

function Revoke({ token }: { token: ApiTokenView }) {
  const t = useTranslations('settings')
  const failureText = useFailureText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function revoke() {
    setBusy(true)
    try {
      await callApi('DELETE', `/api/v1/tokens/${token.id}`)
      showToast(t('revoked'))
      router.refresh()
    } catch (error) {
      showToast(failureText(error), 'danger')
    } finally {
      setBusy(false)
    }
  }

  return (
    <ConfirmDialog
      title={t('revokeTitle', { name: token.name })}
      description={t('revokeText')}
      trigger={
        <Button size="sm" variant="quiet" busy={busy} aria-label={t('revokeNamed', { name: token.name })}>
          {t('revoke')}
        </Button>
      }
      keep={t('keepIt')}
      confirm={t('revoke')}
      onConfirm={() => void revoke()}
    />
  )
}
