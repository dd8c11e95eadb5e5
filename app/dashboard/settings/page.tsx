import type { Metadata } from 'next'
import Link from 'next/link'
import { requirePageMember } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { ImageField } from '#components/dashboard/image-field.tsx'
import { Panel } from '#components/dashboard/panel.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { ChurchLogo } from '#components/shell/church-logo.tsx'
import { careMessageParts } from '#lib/ask/care-message.ts'
import { listApiTokens } from '#lib/auth/api-tokens.ts'
import { offersSignInLinks } from '#lib/auth/read-auth-settings.ts'
import { scopesOf } from '#lib/auth/token-scopes.ts'
import { readChurchProfile } from '#lib/churches/church-profile.ts'
import { readChurchTerms } from '#lib/churches/church-terms.ts'
import { readQuestionSettings } from '#lib/churches/question-settings.ts'
import { listTimeZones } from '#lib/dates/time-zone.ts'
import { pinnedSpeechModels } from '#lib/models/model-manifest.ts'
import { readModelStates } from '#lib/models/read-model-states.ts'
import { readSpeechChoice } from '#lib/models/speech-choice.ts'
import { countSamples } from '#lib/sermons/count-samples.ts'
import { ApiTokens } from './_components/api-tokens.tsx'
import { CareHelp } from './_components/care-help.tsx'
import { ChurchLanguage } from './_components/church-language.tsx'
import { ChurchName } from './_components/church-name.tsx'
import { ChurchProfileForm } from './_components/church-profile-form.tsx'
import { ChurchTerms } from './_components/church-terms.tsx'
import { ChurchTimeZone } from './_components/church-time-zone.tsx'
import { LocalModels } from './_components/local-models.tsx'
import { PeopleLinks } from './_components/people-links.tsx'
import { QuestionDays } from './_components/question-days.tsx'
import { Samples } from './_components/samples.tsx'
import { SpeechModel } from './_components/speech-model.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('settings')
  return { title: t('title') }
}

export default async function SettingsPage() {
  const member = await requirePageMember('/dashboard/settings')
  const { churchId, churchName, timeZone, language, role } = member
  const { db, env } = services()
  const models = await readModelStates(env)
  const t = await readTranslations('settings')
  const canEdit = role !== 'viewer'
  const profile = await readChurchProfile({ db }, { churchId })
  const questions = await readQuestionSettings({ db }, { churchId })
  const care = careMessageParts({ timeZone, installationHelp: env.SELAH_CARE_HELP })
  const samples = await countSamples({ db }, { churchId })
  return (
    <ClientMessages areas={['settings']}>
      <h1 className="title pt-8 pb-6 text-2xl">{t('title')}</h1>
      <div className="flex max-w-3xl flex-col gap-6">
        <Panel title={t('church')}>
          <ChurchName name={churchName} canEdit={role === 'owner'} />
          <ChurchTimeZone timeZone={timeZone} zones={listTimeZones()} canEdit={role === 'owner'} />
          <ChurchLanguage language={language} canEdit={role === 'owner'} />
        </Panel>
        <Panel title={t('homePage')}>
          <p className="pb-5 text-sm text-soft">{t('homePageText')}</p>
          <ImageField
            path="/api/v1/church/logo"
            choose={t('chooseLogo')}
            text={t(profile.logo ? 'logoOwn' : 'logoNone')}
            remove={profile.logo ? t('removeLogo') : null}
            canEdit={role === 'owner'}
          >
            {profile.logo ? <ChurchLogo logo={profile.logo} /> : null}
          </ImageField>
          <div className="mt-6">
            <ChurchProfileForm profile={profile} canEdit={role === 'owner'} />
          </div>
        </Panel>
        <Panel title={t('termsTitle')}>
          <ChurchTerms
            {...(await readChurchTerms({ db }, { churchId }))}
            language={language}
            canEdit={canEdit}
          />
        </Panel>
        <Panel title={t('podcast')}>
          <Link
            href="/dashboard/podcast"
            className="text-sm font-medium text-accent underline underline-offset-4"
          >
            {t('podcastLink')}
          </Link>
        </Panel>
        <Panel title={t('questions')}>
          <QuestionDays keepDays={questions.keepDays} canEdit={role === 'owner'} />
          <CareHelp
            careHelp={questions.careHelp}
            preset={care.help}
            opening={care.opening}
            canEdit={role === 'owner'}
          />
        </Panel>
        <PeopleLinks />
        <Panel title={t('listeners')}>
          <p className="text-sm text-soft">
            {t((await offersSignInLinks(env)) ? 'listenersText' : 'noListenersText')}
          </p>
        </Panel>
        {canEdit ? (
          <Panel title={t('tokens')}>
            <ApiTokens tokens={await listApiTokens({ db }, member)} scopes={scopesOf(role)} />
          </Panel>
        ) : null}
        {models.length > 0 ? (
          <Panel title={t('models')}>
            <LocalModels models={models} />
            {env.SELAH_MODELS_MANIFEST ? null : (
              <SpeechModel
                chosen={readSpeechChoice(env.SELAH_MODELS_DIR)?.id ?? ''}
                models={pinnedSpeechModels.map(describeSpeechModel)}
                canEdit={role === 'owner'}
              />
            )}
          </Panel>
        ) : null}
        <Panel title={t('samples')}>
          <Samples count={samples} canEdit={canEdit} />
        </Panel>
      </div>
    </ClientMessages>
  )
}

function describeSpeechModel({ id, label, languages, files }: (typeof pinnedSpeechModels)[number]) {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  return { id, label, languageCount: languages.length, sizeBytes }
}
