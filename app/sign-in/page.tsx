import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { currentActor } from '#app/_server/actor.ts'
import { destinationAfter } from '#lib/http/destination-after.ts'
import { SignInForm } from './_components/sign-in-form.tsx'

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } }

/** What a form post without a script comes back with. */
const sentences: Record<string, string> = {
  'auth.wrong_credentials': 'The email or the password is not right. Check both, then try again.',
  'auth.incomplete': 'Give both your email and your password.',
  rate_limited: 'Too many tries. Wait a minute, then try again.',
  unavailable: 'Signing in is not possible right now. Try again in a moment.',
  forbidden: 'This form was sent from another site. Sign in here.',
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const query = await searchParams
  const next = destinationAfter(first(query.next))
  if (await currentActor()) redirect(next)
  const error = first(query.error)
  return (
    <div className="page grid min-h-[calc(100dvh-10rem)] content-center py-10">
      <div className="mx-auto w-full max-w-sm">
        <h1 className="title text-2xl">Sign in</h1>
        <p className="mt-2 mb-8 text-soft">For the people who look after this church’s sermons.</p>
        <SignInForm
          next={next}
          error={error ? (sentences[error] ?? 'Signing in did not work. Try again.') : null}
        />
      </div>
    </div>
  )
}
