import { CloudCheck } from 'lucide-react'
import Link from 'next/link'
import { currentActor } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { offersSignInLinks } from '#lib/auth/read-auth-settings.ts'
import { LibraryFull } from './library-full.tsx'

/** Where the library is kept, and how to have it on every device. */
export async function LibraryAccount() {
  const [actor, t] = await Promise.all([currentActor(), readTranslations('ownLibrary')])
  if (actor) {
    return (
      <>
        <p className="mt-2 flex items-center gap-2 text-sm text-soft">
          <CloudCheck aria-hidden size={18} className="shrink-0 text-accent" />
          <span>
            {t.rich('synced', {
              link: (text) => (
                <Link href="/account" className="font-medium text-accent underline underline-offset-4">
                  {text}
                </Link>
              ),
            })}
          </span>
        </p>
        <LibraryFull />
      </>
    )
  }
  if (!(await offersSignInLinks(services().env))) {
    return <p className="mt-2 text-sm text-soft">{t('keptHere')}</p>
  }
  return (
    <p className="mt-2 text-sm text-soft">
      {t.rich('keptHereSignIn', {
        link: (text) => (
          <Link
            href="/sign-in/link?next=/library"
            className="font-medium text-accent underline underline-offset-4"
          >
            {text}
          </Link>
        ),
      })}
    </p>
  )
}
