import { type FormEvent, useState } from 'react'
import { ApiFailure, callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'

const destinationOf = (answer: unknown): string =>
  typeof answer === 'object' &&
  answer !== null &&
  'destination' in answer &&
  typeof answer.destination === 'string'
    ? answer.destination
    : '/dashboard'

/**
 * Sends a form that signs a person in, then opens the address of the answer. After a failure, `message` explains it,
 * `code` names it for programs, the typed text is kept and the password is selected. `extra` adds what only the
 * browser knows. `first` is the message at the start.
 */
export function useSessionForm(
  path: string,
  { first = null, extra }: { first?: string | null; extra?: () => Record<string, string> } = {},
) {
  const failureText = useFailureText()
  const [message, setMessage] = useState(first)
  const [code, setCode] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    setBusy(true)
    setMessage(null)
    try {
      const fields = Object.fromEntries(new FormData(form))
      // A full page load, because every part of the page may differ for a signed-in person.
      window.location.assign(destinationOf(await callApi('POST', path, { ...fields, ...extra?.() })))
    } catch (failure) {
      setMessage(failureText(failure))
      setCode(failure instanceof ApiFailure ? failure.code : null)
      setBusy(false)
      form.querySelector<HTMLInputElement>('input[name=password]')?.select()
    }
  }

  return { path, message, code, busy, submit }
}
