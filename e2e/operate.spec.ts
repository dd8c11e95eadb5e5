import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { makeTone } from '../harness/media/make-wav.ts'
import { expectAccessible } from './fixtures/accessibility.ts'
import { clock } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { type SpeechService, startSpeechService, uncertainWords } from './fixtures/speech-service.ts'
import { expect, test } from './fixtures/test.ts'

/** The app under test uses a speech service on this port, which this journey starts. */
const speechPort = Number(process.env.SELAH_TEST_SPEECH_PORT)
const jobs = '/dashboard/jobs'
/** Part of every title, so that the journey finds only its own sermons. */
const mark = randomUUID().slice(0, 8)

test.describe.configure({ mode: 'serial' })
test.use({ allowedErrors: [/409 \(Conflict\)/] })

let speech: SpeechService

test.beforeAll(async () => {
  speech = await startSpeechService(speechPort)
})
test.afterAll(() => speech.stop())

const notAudio = (title: string) => ({
  name: `${title}.mp3`,
  mimeType: 'audio/mpeg',
  // A file that is here already would be asked about.
  buffer: Buffer.from(`${title}: these are words, and words are no recording. `.repeat(400)),
})
let recordings = 0
const recording = (title: string) => {
  recordings += 1
  return {
    name: `${title}.wav`,
    mimeType: 'audio/wav',
    buffer: makeTone({ durationMs: 8000 + recordings * 20 }),
  }
}

/** Uploads with the dashboard and waits until the server has received the files. */
async function upload(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.goto('/dashboard')
  await page.locator('input[type=file][multiple]').first().setInputFiles(files)
  for (const { name } of files) {
    const card = page.locator('[data-upload]').filter({ hasText: name.replace(/\.\w+$/, '') })
    await expect(card).toHaveAttribute('data-upload', 'done', { timeout: 60_000 })
  }
}

const rows = (page: Page): Locator => page.locator('tr[data-run]')
const queue = (page: Page, name: string): Locator => page.locator(`tr[data-queue="${name}"]`)

async function switchQueue(page: Page, name: string, verb: 'Pause' | 'Resume') {
  await page.goto(`${jobs}/queues`)
  await queue(page, name).getByRole('button', { name: verb }).click()
  await expect(queue(page, name)).toHaveAttribute('data-paused', String(verb === 'Pause'))
}

test('a run that failed is found with filters, shows its error, and can be retried', async ({ page }) => {
  const title = `No sound at all ${mark}`
  await signIn(page)
  await upload(page, notAudio(title))
  await page.goto(jobs)

  await test.step('the list updates, and the filters are in the address', async () => {
    const filter = page.getByRole('search', { name: 'Runs' })
    await filter.getByLabel('Status').selectOption({ label: 'Failed (any reason)' })
    await expect(page).toHaveURL(/status=bad/)
    await filter.getByLabel('Task').selectOption('prepare-media')
    await expect(page).toHaveURL(/task=prepare-media/)
    await filter.getByLabel('Sermon').fill(`at all ${mark}`)
    await expect(page).toHaveURL(new RegExp(`title=at\\+all\\+${mark}`))
    await expect(rows(page)).toHaveCount(1, { timeout: 60_000 })
    await filter.getByLabel('Words in the error').fill('no such words')
    await expect(page.getByRole('heading', { name: 'No run matches these filters' })).toBeVisible()
    await filter.getByLabel('Words in the error').fill('recording')
    await expect(rows(page)).toHaveCount(1)
    await expectAccessible(page)
  })

  await test.step('the keyboard opens it, with its error, step, attempts and logs', async () => {
    await rows(page).getByRole('link', { name: 'prepare-media' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'prepare-media' })).toBeVisible()
    const detail = page.getByRole('region', { name: 'Detail' })
    await expect(detail.locator('[data-error]')).toContainText(/sound|audio|recording/i)
    await expect(detail.getByText('Stack')).toBeVisible()
    await expectAccessible(page)
    await detail.getByRole('link', { name: /^Attempts/ }).click()
    await expect(detail.locator('[data-attempt="1"]')).toContainText('Failed')
    await detail.getByRole('link', { name: /^Payload/ }).click()
    await expect(detail).toContainText('mediaRevision')
    const step = page.locator('[data-row=step][data-status=failed]').filter({ hasText: 'probe' })
    await step.getByRole('link').focus()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/step=/)
    await expect(detail.locator('[data-error]')).toBeVisible()
    await expect(detail.getByRole('button', { name: 'Run this step again' })).toBeVisible()
  })

  await test.step('running a step again first lists the dependent steps', async () => {
    await page.getByRole('button', { name: 'Run this step again' }).click()
    const steps = page.getByRole('dialog').getByRole('list', { name: 'Steps that are done again' })
    await expect(steps).toContainText('media/make-playable')
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click()
  })

  await test.step('a retry creates a new run and opens it', async () => {
    const failed = new URL(page.url()).pathname
    await page.getByRole('button', { name: 'Retry', exact: true }).click()
    await expect(page).toHaveURL((url) => url.pathname.startsWith(`${jobs}/`) && url.pathname !== failed)
    await expect(page.getByRole('heading', { level: 1, name: 'process-sermon' })).toBeVisible()
    await page.goto(`${jobs}?task=process-sermon&title=${mark}`)
    await expect(rows(page)).toHaveCount(2)
    // They must have ended before the next journey counts queued runs.
    await page.goto(`${jobs}?task=prepare-media&status=bad&title=${mark}`)
    await expect(rows(page)).toHaveCount(2, { timeout: 60_000 })
  })
})

test('a queue is paused, its waiting runs are counted, cancelled and retried by filter, and it resumes', async ({
  page,
}) => {
  const queueName = 'task/prepare-media'
  await signIn(page)
  // The queue exists since the first recording.
  await switchQueue(page, queueName, 'Pause')
  await expect(page.getByText('paused task/prepare-media')).toBeVisible()
  await expectAccessible(page)
  await upload(page, recording(`First in line ${mark}`), recording(`Second in line ${mark}`))

  await page.goto(`${jobs}/queues`)
  await expect(queue(page, queueName).getByRole('cell').nth(2)).toHaveText('2')

  // A waiting child is known only after its parent's state has been read.
  await page.goto(`${jobs}?title=in+line+${mark}&task=prepare-media&status=live`)
  await expect(rows(page)).toHaveCount(2, { timeout: 90_000 })
  const links = page.locator('tr[data-run] [data-row-link]')
  await links.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(links.nth(1)).toBeFocused()
  const dialog = page.getByRole('dialog')

  await test.step('when the count has changed, no run is changed and the new count is shown', async () => {
    await page.goto(`${jobs}?title=${mark}&task=prepare-media`)
    await page.getByRole('button', { name: 'Retry these' }).click()
    const before = Number(await dialog.locator('[data-count]').getAttribute('data-count'))
    expect(before).toBeGreaterThan(0)
    const { runs } = await (
      await page.request.get(`/api/v1/runs?title=in+line+${mark}&task=prepare-media&status=live`)
    ).json()
    const origin = new URL(page.url()).origin
    const cancelled = await page.request.post(`/api/v1/runs/${runs[0].id}/cancel`, { headers: { origin } })
    expect(cancelled.status()).toBe(202)
    await dialog.getByRole('button', { name: `Retry ${before}` }).click()
    await expect(dialog.getByText('Nothing was changed')).toBeVisible()
    await expect(dialog.locator('[data-count]')).toHaveAttribute('data-count', String(before + 1))
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Go back' }).click()
  })

  await test.step('waiting runs are cancelled by filter', async () => {
    await page.goto(`${jobs}?title=in+line+${mark}&task=prepare-media&status=live`)
    await page.getByRole('button', { name: 'Cancel these' }).click()
    await expect(dialog.getByText('1 run has not ended yet.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel 1' }).click()
    await expect(dialog.getByText('1 run cancelled.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('heading', { name: 'No run matches these filters' })).toBeVisible()
  })

  await switchQueue(page, queueName, 'Resume')

  await test.step('cancelled runs are requested again, once for each sermon', async () => {
    await page.goto(`${jobs}?title=in+line+${mark}&task=prepare-media&status=cancelled`)
    await expect(rows(page)).toHaveCount(2)
    await page.getByRole('button', { name: 'Retry these' }).click()
    await expect(dialog.locator('[data-count]')).toHaveAttribute('data-count', '2')
    await dialog.getByRole('button', { name: 'Retry 2' }).click()
    await expect(dialog.getByText('Requested again: the work of 2.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.goto(`${jobs}?title=in+line+${mark}&task=prepare-media&status=completed`)
    await expect(rows(page)).toHaveCount(2, { timeout: 120_000 })
  })
})

test('a dead letter shows what to do, has a dry run and is redriven when its cause is fixed, and the others are redriven together', async ({
  page,
}) => {
  const refused = ['One', 'Two', 'Three', 'Four'].map((count) => `Refused ${count} ${mark}`)
  const open = page.locator('li[data-letter=open]')
  await signIn(page)
  await upload(page, ...refused.map(recording))
  await page.goto(`${jobs}/dead-letters`)

  await test.step('a refused key creates a dead letter, and every attempt is recorded', async () => {
    const group = page.locator('tr[data-group]').filter({ hasText: 'does not accept our key' })
    await expect(group).toBeVisible({ timeout: 90_000 })
    await expectAccessible(page)
    await group.getByRole('link').first().click()
    // The list contains the same words; this heading is on the group's page.
    await expect(page.getByRole('heading', { level: 1, name: /does not accept our key/ })).toBeVisible()
    await expect(page.getByText('Check the key')).toBeVisible()
    const unfinished = async () => {
      const answer = await page.request.get(`/api/v1/runs?title=${mark}&status=live`)
      return (await answer.json()).runs
    }
    await expect.poll(unfinished, { timeout: 120_000 }).toEqual([])
    await expect(open.filter({ hasText: 'Refused' })).toHaveCount(refused.length, { timeout: 60_000 })
    await expectAccessible(page)
  })

  const first = open.first()
  const deadLetter = page.locator(`li[data-letter-id="${await first.getAttribute('data-letter-id')}"]`)
  const title = ((await deadLetter.locator('p').first().textContent()) ?? '').trim()

  await test.step('a dry run shows what would happen and changes nothing', async () => {
    await deadLetter.getByRole('button', { name: /^Redrive/ }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('list', { name: 'Dry run' })).toContainText('transcript/listen')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Go back' }).click()
    await page.reload()
    await expect(deadLetter).toHaveAttribute('data-letter', 'open')
  })

  await test.step('when the cause is fixed it is redriven and audited', async () => {
    speech.repair()
    await deadLetter.getByRole('button', { name: /^Redrive/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Redrive it' }).click()
    await expect(deadLetter).toHaveCount(0)
    await expect(page.getByText('redrove one dead letter').first()).toBeVisible()
  })

  await test.step('the others are redriven at a rate, with their progress, and no dead letter remains', async () => {
    const count = await open.count()
    expect(count, 'dead letters that are left').toBeGreaterThanOrEqual(refused.length - 1)
    await page.getByRole('button', { name: 'Redrive all…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('How many per second').fill('1')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: `Redrive ${count}` }).click()
    await expect(page.locator('li[data-redrive=running]').getByRole('progressbar')).toBeVisible()
    // A dead letter is resolved, and not redriven, if its work succeeds before its turn.
    const finished = page
      .locator('li[data-redrive=finished]')
      .filter({ hasText: new RegExp(`\\d+ of ${count} redriven`) })
    await expect(finished).toBeVisible({ timeout: 60_000 })
    await expect(open).toHaveCount(0)
  })

  await test.step('the transcript is stored', async () => {
    await page.goto(`${jobs}?task=transcribe&status=completed&title=${encodeURIComponent(title)}`)
    await expect(rows(page)).toHaveCount(1, { timeout: 60_000 })
  })

  await test.step('a button goes through the uncertain words, and Ctrl+Enter plays from there', async () => {
    const { sermons } = await (await page.request.get('/api/v1/sermons?limit=100')).json()
    const { id } = sermons.find((sermon: { title: string }) => sermon.title === title)
    await page.goto(`/dashboard/sermons/${id}/transcript`)
    for (const word of [...uncertainWords, ...uncertainWords]) {
      await page.getByRole('button', { name: 'Next uncertain word' }).click()
      await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(word)
    }
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => clock(page)).toBeGreaterThan(3.7)
  })
})

test('a run with two attempts keeps both errors', async ({ page }) => {
  await signIn(page)
  const answer = await page.request.get('/api/v1/runs?task=transcribe&status=failed&limit=100')
  const { runs } = await answer.json()
  const twice = runs.find(({ attempt }: { attempt: number }) => attempt > 1)
  expect(twice, 'the run whose first request the service failed to answer').toBeDefined()
  await page.goto(`${jobs}/${twice.id}?show=attempts`)
  await expect(page.locator('[data-attempt="1"] [data-error]')).toContainText('had an internal problem')
  await expect(page.locator('[data-attempt="2"] [data-error]')).toContainText('does not accept our key')
})

test('every page of an operator is accessible in light and dark, on a desk and on a phone', async ({
  page,
}) => {
  await signIn(page)
  const { runs } = await (await page.request.get('/api/v1/runs?status=failed&limit=1')).json()
  const groups = (await (await page.request.get('/api/v1/dead-letters/groups')).json()).groups
  const paths = [
    jobs,
    `${jobs}?status=expired`,
    `${jobs}/${runs[0].id}`,
    `${jobs}/${runs[0].id}?show=logs`,
    `${jobs}/${runs[0].id}?show=trace`,
    `${jobs}/queues`,
    `${jobs}/events`,
    `${jobs}/dead-letters`,
    `${jobs}/dead-letters?state=redriven`,
    ...groups.map(({ fingerprint }: { fingerprint: string }) => `${jobs}/dead-letters/${fingerprint}`),
    `${jobs}/errors`,
    `${jobs}/figures`,
    `${jobs}/files`,
    '/dashboard/trash',
  ]
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const size of [
      { width: 1280, height: 800 },
      { width: 320, height: 640 },
    ]) {
      await page.setViewportSize(size)
      for (const path of paths) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectAccessible(page)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0)
      }
    }
  }
})

test('a person who has forgotten the password reads what to do where Selah sends no mail', async ({
  page,
}) => {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ask for a link')
  await expect(page.getByRole('main')).toContainText('selah reset-password')
  await expectAccessible(page)
})

test.describe('what does not exist', () => {
  test.use({ allowedErrors: [/404/] })

  test('shows the page for missing pages: another church, an unknown run, an unknown kind of dead letter', async ({
    page,
  }) => {
    await signIn(page)
    for (const path of [
      `${jobs}?church=00000000-0000-4000-8000-000000000001`,
      `${jobs}/run_unknown`,
      `${jobs}/dead-letters/unknown`,
    ]) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1, name: 'This page was not found' })).toBeVisible()
    }
  })
})
