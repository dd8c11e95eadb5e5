'use client'

import { useEffect, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import type { MessageKey } from '#lib/messages/languages.ts'
import { recallLetterKeys, rememberLetterKeys } from './remember-listening.ts'

type Message = MessageKey<'player'>

/** Keys and their actions. Named keys are messages; letters and symbols are shown unchanged. */
const shortcuts: { named: readonly Message[]; signs: readonly string[]; action: Message }[] = [
  { named: ['keySpaceName'], signs: ['K'], action: 'keyPlayPause' },
  { named: ['keyLeftName'], signs: ['J'], action: 'keyBack' },
  { named: ['keyRightName'], signs: ['L'], action: 'keyForward' },
  { named: [], signs: [','], action: 'previousSentence' },
  { named: [], signs: ['.'], action: 'nextSentence' },
  { named: [], signs: ['<'], action: 'keySlower' },
  { named: [], signs: ['>'], action: 'keyFaster' },
  { named: [], signs: ['M'], action: 'keyMute' },
  { named: ['keyUpName', 'keyDownName'], signs: [], action: 'keySentences' },
  { named: [], signs: ['?'], action: 'keyHelp' },
]

/** The keyboard shortcuts of the player, with a switch for the single letters. */
export function KeyboardHelp({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const t = useTranslations('player')
  const [letters, setLetters] = useState(true)
  useEffect(() => {
    if (open) setLetters(recallLetterKeys())
  }, [open])
  return (
    <Dialog title={t('keys')} open={open} onOpenChange={onOpenChange}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2.5 text-sm">
        {shortcuts.map(({ named, signs, action }) => (
          <div key={action} className="contents">
            <dt className="flex gap-1.5">
              {[...named.map((name) => t(name)), ...signs].map((name) => (
                <kbd
                  key={name}
                  className="min-w-7 rounded-sm border border-line-strong bg-paper px-1.5 py-0.5 text-center font-sans text-xs"
                >
                  {name}
                </kbd>
              ))}
            </dt>
            <dd className="text-soft">{t(action)}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-6 flex cursor-pointer items-start gap-3 text-sm">
        <input
          type="checkbox"
          checked={letters}
          onChange={(event) => {
            setLetters(event.currentTarget.checked)
            rememberLetterKeys(event.currentTarget.checked)
          }}
          className="mt-0.5 size-4.5 shrink-0 accent-accent"
        />
        <span>
          {t('singleKeys')}
          <span className="block text-xs text-faint">{t('singleKeysHint')}</span>
        </span>
      </label>
    </Dialog>
  )
}
