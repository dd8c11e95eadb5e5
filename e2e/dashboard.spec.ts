import type { Locator, Page } from '@playwright/test'
import { makeTone } from '../harness/media/make-wav.ts'
import { expectAccessible, expectAccessibleInBothSchemes, expectFits } from './fixtures/accessibility.ts'
import { captions } from './fixtures/captions.ts'
import { removeSermons, signIn } from './fixtures/member.ts'
import { memberPages } from './fixtures/pages.ts'
import { tabTo } from './fixtures/tab-to.ts'
import { expect, test } from './fixtures/test.ts'

const recording = (title: string, seconds: number) => ({
  name: `2026-11-22 John 3_16 - Jane Doe - ${title}.wav`,
  mimeType: 'audio/wav',
  buffer: makeTone({ durationMs: seconds * 1000 }),
})
const wavBytes = (seconds: number) => 44 + seconds * 32_000

async function upload(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.locator('input[type=file][multiple]').setInputFiles(files)
}
const uploadOf = (page: Page, title: string): Locator =>
  page.locator('[data-upload]').filter({ hasText: title })
const rowOf = (page: Page, title: string): Locator =>
  page.locator('li[data-sermon]').filter({ hasText: title })

test('a recording is uploaded with the file dialog, gets a transcript and is published', async ({
  page,
  browser,
  baseURL,
}) => {
  const title = 'Born of the Spirit'
  await signIn(page)
  await removeSermons(page.request, baseURL ?? '', title)
  await page.reload()
  await upload(page, recording(title, 20), {
    name: 'notes.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7'),
  })

  await test.step('the file name fills in the details, and a file that is not a recording is refused', async () => {
    const card = uploadOf(page, title)
    await expect(card.getByLabel('Speaker')).toHaveValue('Jane Doe')
    await expect(card.getByLabel('Scripture')).toHaveValue('John 3:16')
    await expect(card.getByLabel('Preached on')).toHaveValue('2026-11-22')
    await expect(uploadOf(page, 'notes.pdf')).toContainText('PDF document')
    await expect(card).toHaveAttribute('data-upload', 'done', { timeout: 60_000 })
    await expectAccessible(page)
  })

  await test.step('details typed after the upload are kept', async () => {
    await uploadOf(page, title).getByLabel('Series').fill('Night conversations')
    await expect(uploadOf(page, title)).toContainText('Saved')
  })

  await test.step('a misspelled reference is kept and shown, and a press applies what is meant', async () => {
    const scripture = uploadOf(page, title).getByLabel('Scripture')
    await scripture.fill('Isaih 49:8x')
    await expect(scripture).toHaveAccessibleDescription(/“Isaih 49:8x” does not look like a Bible reference/)
    await expectAccessible(page)
    await uploadOf(page, title).getByRole('button', { name: 'Did you mean Isaiah 49:8?' }).click()
    await expect(scripture).toHaveValue('Isaiah 49:8')
    await expect(scripture).not.toHaveAccessibleDescription(/does not look like a Bible reference/)
    await expect(uploadOf(page, title)).toContainText('Saved')
  })

  await test.step('the list updates when the audio is ready', async () => {
    await expect(rowOf(page, title).locator('[data-facet=media]')).toHaveAttribute('data-status', 'ready', {
      timeout: 120_000,
    })
    await expect(rowOf(page, title)).toContainText('20 sec')
  })

  await rowOf(page, title).getByRole('link', { name: title, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByLabel('Series')).toHaveValue('Night conversations')

  await test.step('a transcript makes it readable and searchable', async () => {
    await page
      .locator('input[type=file][accept*=vtt]')
      .setInputFiles({ name: 'words.vtt', mimeType: 'text/vtt', buffer: Buffer.from(captions) })
    await expect(page.locator('[data-step=transcript]')).toHaveAttribute('data-status', 'ready', {
      timeout: 60_000,
    })
    await expect(page.locator('[data-step=index]')).toHaveAttribute('data-status', 'ready', {
      timeout: 60_000,
    })
    await expect(page.getByText('You must be born again')).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('publishing makes it visible to people who are not signed in', async () => {
    const visitor = await browser.newContext({ ...(baseURL ? { baseURL } : {}) })
    const titles = async () =>
      (await (await visitor.request.get('/api/v1/sermons?limit=100')).json()).sermons.map(
        (sermon: { title: string }) => sermon.title,
      )
    expect(await titles()).not.toContain(title)
    await page.getByRole('button', { name: `Publish: ${title}` }).click()
    await expect(page.getByRole('button', { name: `Unpublish: ${title}` })).toBeVisible()
    await expect.poll(titles).toContain(title)
    await visitor.close()
  })

  await test.step('removing it asks for confirmation, and undo restores it', async () => {
    await page.getByRole('button', { name: 'Remove sermon' }).click()
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(page).toHaveURL('/dashboard')
    await expect(rowOf(page, title)).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(rowOf(page, title)).toBeVisible()
    await removeSermons(page.request, baseURL ?? '', title)
  })
})

test('several dropped recordings are uploaded, and the list updates without a reload', async ({
  page,
  baseURL,
}) => {
  const titles = ['The First of Two', 'The Second of Two', 'No Sound at All']
  const [first = '', second = '', broken = ''] = titles
  await signIn(page)
  for (const title of titles) await removeSermons(page.request, baseURL ?? '', title)
  await page.reload()
  const files = [
    recording(first, 6),
    recording(second, 7),
    { name: `${broken}.mp3`, mimeType: 'audio/mpeg', buffer: Buffer.alloc(40_000, 'no sound ') },
    { name: 'leaflet.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
  ].map(({ buffer, ...file }) => ({ ...file, content: buffer.toString('base64') }))
  const dropData = await page.evaluateHandle((dropped) => {
    const transfer = new DataTransfer()
    for (const { name, mimeType, content } of dropped) {
      const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0))
      transfer.items.add(new File([bytes], name, { type: mimeType }))
    }
    Object.assign(window, { isSamePage: true })
    return transfer
  }, files)

  // The page listens for files a moment after hydration, so the drag is repeated until the page reacts.
  await expect(async () => {
    await page.dispatchEvent('main', 'dragenter', { dataTransfer: dropData })
    await expect(page.getByText('Drop to upload')).toBeVisible({ timeout: 1000 })
  }).toPass()
  await page.dispatchEvent('main', 'drop', { dataTransfer: dropData })
  await expect(page.getByText('Drop to upload')).toBeHidden()

  await expect(uploadOf(page, 'leaflet.pdf')).toContainText('PDF document')
  for (const title of titles) {
    await expect(uploadOf(page, title)).toHaveAttribute('data-upload', 'done', { timeout: 60_000 })
  }
  for (const title of [first, second]) {
    await expect(rowOf(page, title).locator('[data-facet=media]')).toHaveAttribute('data-status', 'ready', {
      timeout: 120_000,
    })
  }

  await test.step('an unusable file shows the reason on its row and the remedy on its page', async () => {
    const row = rowOf(page, broken)
    await expect(row.locator('[data-facet=media]')).toHaveAttribute('data-status', 'failed', {
      timeout: 120_000,
    })
    await expect(row).toContainText('This file is not a recording we can read.')
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    await row.getByRole('link', { name: 'See what to do' }).click()
    const received = page.locator('[data-step=media]')
    await expect(received).toContainText('This file is not a recording we can read.')
    await expect(received.getByRole('button', { name: 'Replace the recording' })).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('a sermon can be scheduled, and its schedule can be cancelled', async () => {
    await page.goto('/dashboard')
    await rowOf(page, first).getByRole('link', { name: first, exact: true }).click()
    await page.getByText('Publish later').click()
    const later = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
    await page.getByLabel('Day and time').fill(`${later}T18:00`)
    await page.getByRole('button', { name: 'Schedule' }).click()
    await expect(page.getByText('Team only, until the scheduled time.')).toBeVisible()
    await page.reload()
    await expect(page.getByText('Team only, until the scheduled time.')).toBeVisible()
    await page.getByRole('button', { name: 'Cancel schedule' }).click()
    await expect(page.getByText('Only your church’s team.')).toBeVisible()
  })
  for (const title of titles) await removeSermons(page.request, baseURL ?? '', title)
})

test.describe('a browser in another time zone than the church', () => {
  test.use({ timezoneId: 'America/New_York' })

  test('schedules in the time zone of the church, and shows the same time after a reload', async ({
    page,
    baseURL,
  }) => {
    const title = 'Planned from afar'
    const inLosAngeles = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'America/Los_Angeles',
      timeStyle: 'short',
    })
    await signIn(page, '/dashboard/settings')
    await page.getByRole('button', { name: 'Use America/New_York' }).click()
    await expect(page.getByLabel('Time zone')).toHaveValue('America/New_York')
    await page.getByLabel('Time zone').fill('America/Los_Angeles')
    await page.getByRole('button', { name: 'Save the time zone' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await expectAccessible(page)

    const created = await page.request.post('/api/v1/sermons', {
      headers: { origin: baseURL ?? '' },
      data: { title, fileName: 'afar.wav', sizeBytes: 1000, contentType: 'audio/wav' },
    })
    const { sermon } = await created.json()
    await page.goto(`/dashboard/sermons/${sermon.id}`)
    await page.getByText('Publish later').click()
    await page.getByLabel('Day and time').fill('2027-03-14T02:30')
    await expect(page.getByText('This time does not exist: the clocks of America/Los_Angeles')).toBeVisible()
    const day = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
    await page.getByLabel('Day and time').fill(`${day}T12:30`)
    await expect(page.getByText('Times are in America/Los_Angeles.')).toBeVisible()
    await page.getByRole('button', { name: 'Schedule', exact: true }).click()
    const pill = page.locator('time', { hasText: ', 12:30' })
    await expect(pill).toBeVisible()
    await page.reload()
    await expect(pill).toBeVisible()
    const stored = await (await page.request.get(`/api/v1/sermons/${sermon.id}`)).json()
    expect(inLosAngeles.format(new Date(stored.publishAt))).toBe('12:30')
    await removeSermons(page.request, baseURL ?? '', title)
  })
})

test('changes by another client appear in an open list', async ({ page, baseURL }) => {
  await signIn(page)
  const headers = { origin: baseURL ?? '' }
  const published = async (): Promise<{ id: string; title: string } | undefined> => {
    const { sermons } = await (await page.request.get('/api/v1/sermons?limit=100')).json()
    return sermons.find((sermon: { publication: string }) => sermon.publication === 'published')
  }
  // The samples may still be in processing.
  await expect.poll(published).toBeDefined()
  const { id, title } = (await published()) ?? { id: '', title: '' }
  const change = (path: string) => page.request.post(`/api/v1/sermons/${id}/${path}`, { headers })
  const rename = (to: string) => page.request.patch(`/api/v1/sermons/${id}`, { headers, data: { title: to } })
  const row = page.locator(`li[data-sermon="${id}"]`)
  await expect(row).toContainText('Published')
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  try {
    await change('unpublish')
    await expect(row).toContainText('Team only')
    await rename(`${title}, again`)
    await expect(row).toContainText(`${title}, again`)
  } finally {
    await rename(title)
    await change('publish')
  }
  await expect(row).toContainText('Published')
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
})

test('a recording can be uploaded, named and published with the keyboard only', async ({ page, baseURL }) => {
  const title = 'By Hand Alone'
  await signIn(page)
  await removeSermons(page.request, baseURL ?? '', title)
  await page.reload()
  await tabTo(page, page.getByRole('button', { name: 'Upload', exact: true }))
  const [dialog] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
  await dialog.setFiles([recording('Unnamed', 6)])
  const card = page.locator('[data-upload]').first()
  await expect(card).toHaveAttribute('data-upload', 'done', { timeout: 60_000 })
  await tabTo(page, card.getByLabel('Title'))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(title)
  await expect(card).toContainText('Saved')
  await expect(rowOf(page, title)).toBeVisible()
  await tabTo(page, rowOf(page, title).getByRole('button', { name: `Publish: ${title}` }))
  await page.keyboard.press('Enter')
  await expect(rowOf(page, title)).toContainText('Published')
  await removeSermons(page.request, baseURL ?? '', title)
})

test('an upload interrupted by a reload resumes automatically from its last position', async ({
  page,
  baseURL,
}) => {
  const title = 'The Interrupted Sermon'
  const seconds = 120
  page.on('dialog', (dialog) => void dialog.accept())
  await signIn(page)
  await removeSermons(page.request, baseURL ?? '', title)
  await page.reload()
  const network = await page.context().newCDPSession(page)
  const slow = (bytesPerSecond: number) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytesPerSecond,
    })
  await network.send('Network.enable')
  // Slow enough that it cannot finish before it is interrupted.
  await slow(150_000)
  await upload(page, recording(title, seconds))
  const card = uploadOf(page, title)
  await expect(card).toHaveAttribute('data-upload', 'uploading')
  await expect
    .poll(async () => Number(await card.getByRole('progressbar').getAttribute('aria-valuenow')))
    .toBeGreaterThan(20)

  await test.step('it can be paused and resumed', async () => {
    await card.getByRole('button', { name: `Pause ${title}` }).click()
    await expect(card).toHaveAttribute('data-upload', 'paused')
    await card.getByRole('button', { name: 'Resume' }).click()
    await expect(card).toHaveAttribute('data-upload', 'uploading')
  })

  const offsets: number[] = []
  page.on('request', (request) => {
    if (request.method() === 'PATCH' && request.url().includes('/upload/resumable/')) {
      offsets.push(Number(request.headers()['upload-offset']))
    }
  })
  await page.reload()
  await slow(-1)
  await expect(card).toHaveAttribute('data-upload', /uploading|finishing|done/)
  await expect(card).toHaveAttribute('data-upload', 'done', { timeout: 60_000 })
  expect(offsets[0]).toBeGreaterThan(0)
  expect(offsets[0]).toBeLessThan(wavBytes(seconds))
  await expect(rowOf(page, title).locator('[data-facet=media]')).toHaveAttribute(
    'data-status',
    /pending|running|ready/,
  )
  await removeSermons(page.request, baseURL ?? '', title)
})

test.describe('every page of a member is accessible', () => {
  // One of the paths is a sermon that does not exist.
  test.use({ allowedErrors: [/status of 404/] })

  for (const [place, width] of [
    ['a desk', 1280],
    ['a tablet', 768],
    ['a phone', 320],
  ] as const) {
    test(`on ${place}, in light and in dark`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 })
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await signIn(page)
      const { sermons } = await (await page.request.get('/api/v1/sermons?limit=1')).json()
      const paths = [
        // The journeys of operators test the pages of jobs.
        ...memberPages.filter((path) => !path.startsWith('/dashboard/jobs/')),
        '/dashboard?q=nothing',
        '/dashboard/sermons/none',
        `/dashboard/sermons/${sermons[0].id}`,
        `/dashboard/sermons/${sermons[0].id}/transcript`,
      ]
      for (const path of paths) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectAccessibleInBothSchemes(page, path)
        await expectFits(page, path, [width])
      }
    })
  }
})

test('a token is shown once, works, and ends when it is revoked', async ({ page, playwright, baseURL }) => {
  await signIn(page, '/dashboard/settings')
  await page.getByLabel('What is it for?').fill('A browser test')
  await page.getByRole('button', { name: 'Create a token' }).click()
  const token = (await page.locator('[data-new-token]').textContent()) ?? ''
  const program = await playwright.request.newContext({
    ...(baseURL ? { baseURL } : {}),
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  })
  expect((await program.get('/api/v1/runs')).status()).toBe(200)
  await page.reload()
  await expect(page.locator('[data-new-token]')).toHaveCount(0)
  await page.getByRole('button', { name: 'Revoke A browser test' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect.poll(async () => (await program.get('/api/v1/runs')).status()).toBe(401)
  await program.dispose()
})

test('the filter narrows the list, is in the address, and is cleared by a link to all sermons', async ({
  page,
}) => {
  await signIn(page)
  const field = page.getByLabel('Filter sermons')
  // The samples are in the library from the first start.
  await expect(field).toBeVisible()
  await field.fill('nothing is called this')
  await expect(page).toHaveURL('/dashboard?q=nothing%20is%20called%20this')
  await expect(page.getByRole('heading', { level: 2, name: 'No sermon matches' })).toBeVisible()
  await page.getByRole('link', { name: 'Show all sermons' }).click()
  await expect(page).toHaveURL('/dashboard')
  await expect(field).toHaveValue('')
  await expect(page.locator('li[data-sermon]').first()).toBeVisible()
})
