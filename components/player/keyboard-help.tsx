'use client'

import { useEffect, useState } from 'react'
import { Dialog } from '#components/ui/dialog.tsx'
import { recallLetterKeys, rememberLetterKeys } from './remember-listening.ts'

const keys: [keys: string[], does: string][] = [
  [['Space', 'K'], 'Play or pause'],
  [['Left', 'J'], '15 seconds back'],
  [['Right', 'L'], '15 seconds forward'],
  [['<'], 'Slower'],
  [['>'], 'Faster'],
  [['M'], 'Mute'],
  [['Up', 'Down'], 'From sentence to sentence, in the transcript'],
  [['?'], 'This list'],
]

/** What the keyboard does, and the switch for the single letters among it. */
export function KeyboardHelp({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const [letters, setLetters] = useState(true)
  useEffect(() => {
    if (open) setLetters(recallLetterKeys())
  }, [open])
  return (
    <Dialog title="Keys of the player" open={open} onOpenChange={onOpenChange}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2.5 text-sm">
        {keys.map(([names, does]) => (
          <div key={does} className="contents">
            <dt className="flex gap-1.5">
              {names.map((name) => (
                <kbd
                  key={name}
                  className="min-w-7 rounded-sm border border-line-strong bg-paper px-1.5 py-0.5 text-center font-sans text-xs"
                >
                  {name}
                </kbd>
              ))}
            </dt>
            <dd className="text-soft">{does}</dd>
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
          Use single letters and signs
          <span className="block text-xs text-faint">
            Turn them off if you command your computer by voice. Space and arrows stay.
          </span>
        </span>
      </label>
    </Dialog>
  )
}
