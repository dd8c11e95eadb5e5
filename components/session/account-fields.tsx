import { TextField } from '#components/ui/field.tsx'

/** The address of an account, for people and password managers. */
export function EmailField({ label }: { label: string }) {
  return (
    <TextField label={label} name="email" type="email" autoComplete="username" required maxLength={254} />
  )
}

/** The password that a person gives to prove who they are. */
export function CurrentPasswordField({ label, name = 'password' }: { label: string; name?: string }) {
  return (
    <TextField
      label={label}
      name={name}
      type="password"
      autoComplete="current-password"
      required
      maxLength={1000}
    />
  )
}

/** A password that a person chooses. */
export function NewPasswordField({ label, hint }: { label: string; hint: string }) {
  return (
    <TextField
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      required
      minLength={8}
      maxLength={72}
      hint={hint}
    />
  )
}
