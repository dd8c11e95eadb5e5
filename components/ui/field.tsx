import { CircleAlert } from 'lucide-react'
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import { classNames } from './class-names.ts'

const control =
  'w-full rounded-card border border-line-strong bg-raised px-3.5 text-base text-ink placeholder:text-faint ' +
  'transition-colors duration-150 hover:border-ink focus-visible:outline-offset-0 ' +
  'aria-invalid:border-danger disabled:opacity-60'

type FieldText = { label: string; hint?: ReactNode; error?: ReactNode; hideLabel?: boolean }

function Field({
  id,
  label,
  hint,
  error,
  hideLabel,
  children,
}: FieldText & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-medium text-ink'}>
        {label}
      </label>
      {children}
      {hint && !error ? (
        <p id={`${id}-hint`} className="text-xs text-faint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-xs text-danger">
          <CircleAlert aria-hidden size={15} className="mt-0.5 shrink-0" />
          <span>{error}</span>
        </p>
      ) : null}
    </div>
  )
}

const describedBy = (id: string, { hint, error }: FieldText) =>
  error ? `${id}-error` : hint ? `${id}-hint` : undefined

/**
 * A text input with its label, a hint, and an error that replaces the hint. `action` is a button aligned with the
 * input, also when there is text below it.
 */
export function TextField({
  label,
  hint,
  error,
  hideLabel,
  className,
  id: givenId,
  action,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & FieldText & { action?: ReactNode }) {
  const ownId = useId()
  const id = givenId ?? ownId
  const text = { label, hint, error, ...(hideLabel === undefined ? {} : { hideLabel }) }
  const input = (
    <input
      {...rest}
      id={id}
      aria-invalid={error ? true : undefined}
      aria-describedby={describedBy(id, text)}
      className={classNames(control, 'min-h-11', className)}
    />
  )
  return (
    <Field id={id} {...text}>
      <WithAction action={action}>{input}</WithAction>
    </Field>
  )
}

/** A control with a button beside it. */
function WithAction({ action, children }: { action: ReactNode; children: ReactNode }) {
  if (!action) return children
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="min-w-0 flex-1 basis-56">{children}</div>
      {action}
    </div>
  )
}

/** A text input of several lines. */
export function TextAreaField({
  label,
  hint,
  error,
  hideLabel,
  className,
  id: givenId,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & FieldText) {
  const ownId = useId()
  const id = givenId ?? ownId
  const text = { label, hint, error, ...(hideLabel === undefined ? {} : { hideLabel }) }
  return (
    <Field id={id} {...text}>
      <textarea
        rows={4}
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, text)}
        className={classNames(control, 'py-2.5', className)}
      />
    </Field>
  )
}

/**
 * A choice from a short list, with the browser's own control, which every phone and screen reader supports. `action` is
 * a button aligned with it.
 */
export function SelectField({
  label,
  hint,
  error,
  hideLabel,
  className,
  id: givenId,
  action,
  options,
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> &
  FieldText & {
    action?: ReactNode
    options: { value: string; label: string; disabled?: boolean }[]
  }) {
  const ownId = useId()
  const id = givenId ?? ownId
  const text = { label, hint, error, ...(hideLabel === undefined ? {} : { hideLabel }) }
  return (
    <Field id={id} {...text}>
      <WithAction action={action}>
        <select
          {...rest}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, text)}
          className={classNames(control, 'min-h-11 pr-2 text-ellipsis', className)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      </WithAction>
    </Field>
  )
}
