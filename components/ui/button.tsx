import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import type { ButtonHTMLAttributes, ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md' | 'lg'

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong border border-transparent',
  secondary: 'bg-raised text-ink border border-line-strong hover:border-ink hover:bg-sunken',
  quiet: 'text-soft border border-transparent hover:bg-sunken hover:text-ink',
  danger: 'bg-raised text-danger border border-danger hover:bg-danger-soft',
}

const sizes: Record<ButtonSize, string> = {
  sm: 'min-h-9 px-3.5 text-xs gap-1.5',
  md: 'min-h-11 px-5 text-sm gap-2',
  lg: 'min-h-13 px-7 text-base gap-2.5',
}

/** The classes of a button, for an element that looks like a button but is not one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'md'): string {
  return classNames(
    'press inline-flex select-none items-center justify-center max-w-full shrink-0 rounded-full text-center font-medium no-underline wrap-anywhere',
    'disabled:opacity-55 disabled:pointer-events-none aria-disabled:opacity-55',
    variants[variant],
    sizes[size],
  )
}

type Look = { variant?: ButtonVariant; size?: ButtonSize; icon?: ReactNode }

/** A button. While `busy` it keeps its width and cannot be pressed again. */
export function Button({
  variant = 'secondary',
  size = 'md',
  icon,
  busy = false,
  className,
  children,
  type = 'button',
  disabled,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & Look & { busy?: boolean }) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={classNames(buttonClass(variant, size), className)}
    >
      {busy ? <LoaderCircle aria-hidden className="animate-turn" size={size === 'sm' ? 15 : 18} /> : icon}
      {children}
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({
  variant = 'secondary',
  size = 'md',
  icon,
  className,
  children,
  prefetch = false,
  ...rest
}: ComponentProps<typeof Link> & Look) {
  return (
    <Link {...rest} prefetch={prefetch} className={classNames(buttonClass(variant, size), className)}>
      {icon}
      {children}
    </Link>
  )
}

/** A round button that contains only an icon; `label` is its accessible name and tooltip. */
export function IconButton({
  label,
  size = 44,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { label: string; size?: number }) {
  return (
    <button
      title={label}
      {...rest}
      type={type}
      aria-label={label}
      style={{ width: size, height: size }}
      className={classNames(
        'press inline-grid shrink-0 place-items-center rounded-full text-soft hover:bg-sunken hover:text-ink disabled:opacity-50 disabled:pointer-events-none',
        className,
      )}
    >
      {children}
    </button>
  )
}
