'use client'

import { useId } from 'react'
import { classNames } from './class-names.ts'

/** One of a few choices, as radio buttons that look like chips. */
export function ChoiceChips<Value extends string>({
  label,
  chosen,
  choices,
  onChoose,
}: {
  label: string
  chosen: Value
  choices: readonly { value: Value; text: string }[]
  onChoose: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className="mt-3 flex flex-wrap gap-2">
      <legend className="sr-only">{label}</legend>
      {choices.map(({ value, text }) => (
        <label
          key={value}
          className={classNames(
            'press flex min-h-9 cursor-pointer items-center rounded-full border border-line bg-raised px-4 py-1.5 text-sm text-soft hover:border-line-strong hover:text-ink',
            'has-checked:border-accent has-checked:bg-accent-soft has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent',
          )}
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === chosen}
            onChange={() => onChoose(value)}
            className="sr-only"
          />
          {text}
        </label>
      ))}
    </fieldset>
  )
}
