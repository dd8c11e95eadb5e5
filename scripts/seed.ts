/**
 * Creates the owner's account or the link to create one, then the samples. Run by the supervisor: on a first start at
 * the same time as the gateway, later when Selah is ready.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { findOwnerEmail } from '#lib/churches/find-owner-email.ts'
import {
  ensureFirstChurch,
  offerSetUp,
  setUpInstallation,
  setUpSchema,
} from '#lib/churches/set-up-installation.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { env } from '#lib/env.ts'
import { importSamples } from '#lib/sermons/import-samples.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { waitForAnswer } from '../local/supervisor/wait-for-answer.ts'

const samplesDirectory = path.resolve(import.meta.dirname, '../samples')
const gatewayReadyWithinMs = 180_000

/** Resolves when auth and storage, which the gateway serves, answer. */
const waitForGateway = ({ env: { SUPABASE_URL } }: Services) =>
  waitForAnswer(`${SUPABASE_URL}/auth/v1/health`, AbortSignal.timeout(gatewayReadyWithinMs))

async function prepareOwner(services: Services): Promise<{ signInAs?: string; setUpPath?: string }> {
  const existing = await findOwnerEmail(services.env.DATABASE_URL)
  if (existing) return { signInAs: existing }
  const { SELAH_OWNER_EMAIL: email, SELAH_OWNER_PASSWORD: password, SELAH_SETUP_TOKEN: token } = services.env
  if (email && password) {
    await waitForGateway(services)
    const owner = setUpSchema.parse({ churchName: 'Our church', email, password })
    await setUpInstallation(services, owner)
    return { signInAs: email }
  }
  if (!token) return {}
  await offerSetUp(services, { token })
  return { setUpPath: `/set-up?token=${encodeURIComponent(token)}` }
}

const services = createServices(env())
process.once('disconnect', () => process.exit(0))
try {
  const ownerAccess = await prepareOwner(services)
  process.send?.({ type: 'owner', ...ownerAccess })
  if (services.env.SELAH_SAMPLES && existsSync(samplesDirectory)) {
    await waitForGateway(services)
    await ensureBuckets(services)
    const added = await importSamples(services, {
      churchId: await ensureFirstChurch(services),
      directory: samplesDirectory,
    })
    if (added > 0) console.log(`${added} sample sermons are being prepared.`)
  }
  process.send?.({ type: 'seeded' })
} finally {
  await services.close()
  if (process.connected) process.disconnect()
}
