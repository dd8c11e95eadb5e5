import { appendFile, copyFile, mkdir, open, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { CDPSession, Locator, Page } from '@playwright/test'
import { makeTone } from '../harness/media/make-wav.ts'
import { expectAccessible } from './fixtures/accessibility.ts'
import { removeSermons, signIn } from './fixtures/member.ts'
import { expect, owner, test } from './fixtures/test.ts'

const cardOf = (page: Page, title: string): Locator =>
  page.locator('[data-upload]').filter({ hasText: title })
const choose = (page: Page, ...files: string[]) =>
  page.locator('input[type=file][multiple]').setInputFiles(files)
const percentOf = async (card: Locator) =>
  Number(await card.getByRole('progressbar').getAttribute('aria-valuenow'))

/** Limits what the page sends; `null` lifts the limit. */
async function limitUpload(page: Page, bytesPerSecond: number | null): Promise<CDPSession> {
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond ?? -1,
  })
  return network
}

test.describe('a file that changes', () => {
  test.use({ allowedErrors: [/ERR_UPLOAD_FILE_CHANGED|ERR_FILE_NOT_FOUND/] })

  test('during its upload is requested again, and the changed file is sent from its beginning', async ({
    page,
    baseURL,
  }, { outputDir }) => {
    const title = 'Changed on the way'
    await mkdir(outputDir, { recursive: true })
    const file = path.join(outputDir, `${title}.wav`)
    await writeSparse(file, 'RIFF', 40 * 1024 * 1024)
    await signIn(page)
    await removeSermons(page.request, baseURL ?? '', title)
    const network = await limitUpload(page, 1_000_000)
    await choose(page, file)
    const card = cardOf(page, title)
    await expect.poll(() => percentOf(card)).toBeGreaterThan(5)
    await appendFile(file, 'x')

    await expect(card).toContainText('This file was changed or moved. Choose it again.')
    await expect(card).toHaveAttribute('data-upload', 'needs-file')
    const firstOffset = page.waitForRequest(
      (request) => request.method() === 'PATCH' && request.url().includes('/upload/resumable/'),
    )
    await network.detach()
    await limitUpload(page, null)
    await card.locator('input[type=file]').setInputFiles(file)
    expect((await firstOffset).headers()['upload-offset']).toBe('0')
    await expect(card).toHaveAttribute('data-upload', 'done', { timeout: 60_000 })
    await removeSermons(page.request, baseURL ?? '', title)
  })
})

test('two recordings of the same size are never mixed, and the first one resumes', async ({ page, baseURL }, {
  outputDir,
}) => {
  const title = 'The Large Service'
  page.on('dialog', (dialog) => void dialog.accept())
  // Larger than the copy that a browser keeps. The file is sparse, so it takes no disk space.
  const sizeBytes = 560 * 1024 * 1024
  const first = path.join(outputDir, `${title}.wav`)
  const other = path.join(outputDir, 'other', `${title}.wav`)
  await writeSparse(first, 'RIFF first', sizeBytes)
  await writeSparse(other, 'RIFF other', sizeBytes)
  const { atime, mtime } = await stat(first)
  await utimes(other, atime, mtime)

  await signIn(page)
  await removeSermons(page.request, baseURL ?? '', title)
  await limitUpload(page, 4_000_000)
  await choose(page, first)
  const card = cardOf(page, title)
  await expect.poll(() => percentOf(card)).toBeGreaterThan(1)
  await page.reload()
  await limitUpload(page, 4_000_000)
  await expect(card).toHaveAttribute('data-upload', 'needs-file')

  const offsets: number[] = []
  page.on('request', (request) => {
    if (request.method() === 'PATCH' && request.url().includes('/upload/resumable/')) {
      offsets.push(Number(request.headers()['upload-offset']))
    }
  })
  await card.locator('input[type=file]').setInputFiles(other)
  await expect(card).toContainText('This is not the same file: its content is different.')
  await expect(card.getByRole('button', { name: 'Start over' })).toBeVisible()
  expect(offsets).toEqual([])

  await card.locator('input[type=file]').setInputFiles(first)
  await expect(card).toHaveAttribute('data-upload', 'uploading')
  await expect.poll(() => offsets.length).toBeGreaterThan(0)
  expect(offsets[0]).toBeGreaterThan(0)
  await card.getByRole('button', { name: `Stop the upload of ${title}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop and remove' }).click()
  await expect(card).toHaveCount(0)
})

async function writeSparse(file: string, start: string, sizeBytes: number): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const handle = await open(file, 'w')
  await handle.write(start)
  await handle.truncate(sizeBytes)
  await handle.close()
}

test('a recording that is already here is not added again without a decision', async ({ page, baseURL }, {
  outputDir,
}) => {
  const title = 'Twice the Same'
  await mkdir(outputDir, { recursive: true })
  const file = path.join(outputDir, `${title}.wav`)
  await writeFile(file, makeTone({ durationMs: 3_217 }))
  await signIn(page)
  await removeSermons(page.request, baseURL ?? '', title)
  await choose(page, file)
  const cards = page.locator('[data-upload]')
  await expect(cards).toHaveAttribute('data-upload', 'done', { timeout: 60_000 })
  await page.reload()

  const renamed = path.join(outputDir, 'Another Name.wav')
  await copyFile(file, renamed)
  await choose(page, renamed)
  await expect(cards).toHaveAttribute('data-upload', 'duplicate')
  await expect(cards).toContainText(`This recording is already here: ${title}`)
  await expect(cards.getByRole('link', { name: 'Open that sermon' })).toHaveAttribute(
    'href',
    /\/dashboard\/sermons\/[0-9a-f-]{36}$/,
  )
  await expectAccessible(page)
  await cards.getByRole('button', { name: 'Do not add' }).click()
  await expect(cards).toHaveCount(0)

  await choose(page, renamed)
  await cards.getByRole('button', { name: 'Add it anyway' }).click()
  await expect(cards).toHaveAttribute('data-upload', 'done', { timeout: 60_000 })
  await removeSermons(page.request, baseURL ?? '', title)
  await removeSermons(page.request, baseURL ?? '', 'Another Name')
})

test('tags that cannot be stored are changed, with a notice', async ({ page, baseURL }) => {
  const title = 'Gra ce and truth'
  await signIn(page)
  await removeSermons(page.request, baseURL ?? '', title)
  await page.locator('input[type=file][multiple]').setInputFiles({
    name: 'tagged.mp3',
    mimeType: 'audio/mpeg',
    buffer: taggedFile({ TIT2: 'Gra\0ce and truth', TPE1: 'A very long name of a preacher '.repeat(8) }),
  })
  const card = cardOf(page, title)
  await expect(card).toHaveAttribute('data-upload', 'done', { timeout: 60_000 })
  await expect(card.getByLabel('Title')).toHaveValue(title)
  await expect(card.getByLabel('Speaker')).toHaveValue(/^A very long name .*…$/)
  await expect(card).toContainText('Shortened from the text in the file. Check it.')
  await removeSermons(page.request, baseURL ?? '', title)
})

/** Makes a recording that starts with ID3 tags. */
function taggedFile(tags: Record<string, string>): Buffer {
  const frames = Object.entries(tags).map(([id, text]) => {
    const body = Buffer.from(`\0${text}`, 'latin1')
    const head = Buffer.alloc(10)
    head.write(id)
    head.writeUInt32BE(body.length, 4)
    return Buffer.concat([head, body])
  })
  const body = Buffer.concat(frames)
  const head = Buffer.from('ID3\x03\x00\x00\0\0\0\0', 'latin1')
  // Each byte of the size in the header has seven bits.
  for (let index = 0; index < 4; index += 1) head[6 + index] = (body.length >> (7 * (3 - index))) & 0x7f
  return Buffer.concat([head, body, makeTone({ durationMs: 1000 })])
}

test.describe('what the API stores', () => {
  test.use({ allowedErrors: [/400/] })

  test('is refused with a message when it contains a character that cannot be stored', async ({
    page,
    baseURL,
  }) => {
    await signIn(page)
    const headers = { origin: baseURL ?? '' }
    const file = { fileName: 'a.mp3', sizeBytes: 1 }
    const requests: [method: string, path: string, data: object][] = [
      ['POST', '/api/v1/sermons', { ...file, title: 'Gra\0ce' }],
      ['POST', '/api/v1/sermons', { ...file, fileName: 'a\0.mp3' }],
      ['POST', '/api/v1/tokens', { name: 'a\0b' }],
      ['POST', '/api/v1/ask', { question: 'what\0is grace?' }],
      ['POST', '/api/v1/login', { email: owner.email, password: 'a\0b' }],
      ['GET', '/api/v1/search?q=%00', {}],
      ['GET', '/api/v1/runs?title=%00', {}],
    ]
    for (const [method, address, data] of requests) {
      const answer = await page.request.fetch(address, {
        method,
        headers,
        ...(method === 'GET' ? {} : { data }),
      })
      expect(answer.status(), `${method} ${address}`).toBe(400)
      expect((await answer.json()).error.message).toMatch(
        /^The [a-z ]+ contains characters that cannot be stored\. Remove them\.$/,
      )
    }
  })

  test('is refused with a message when it is too long', async ({ page, baseURL }) => {
    await signIn(page)
    const answer = await page.request.post('/api/v1/sermons', {
      headers: { origin: baseURL ?? '' },
      data: { fileName: 'a.mp3', sizeBytes: 1, title: 'x'.repeat(201) },
    })
    expect(answer.status()).toBe(400)
    expect((await answer.json()).error.message).toBe('The title is longer than 200 characters. Shorten it.')
  })
})

test.describe('what is typed', () => {
  test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED/] })

  async function openFirstSermon(page: Page): Promise<{ address: string; description: string }> {
    await signIn(page)
    const { sermons } = await (await page.request.get('/api/v1/sermons?limit=1')).json()
    const address = `/dashboard/sermons/${sermons[0].id}`
    await page.goto(address)
    return { address, description: sermons[0].description }
  }
  const description = (page: Page) => page.getByLabel('Description')
  const onServer = async (page: Page, address: string): Promise<string> => {
    const answer = await page.request.get(address.replace('/dashboard', '/api/v1'))
    return (await answer.json()).description
  }

  test('into the details is saved while it is typed, and is kept after leaving, a reload and a closed tab', async ({
    page,
    context,
  }) => {
    const { address, description: before } = await openFirstSermon(page)
    await description(page).fill('Saved while typing')
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    expect(await onServer(page, address)).toBe('Saved while typing')

    await test.step('leaving inside the app immediately', async () => {
      await description(page).fill('Typed, then left')
      await page.getByRole('link', { name: 'Settings' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
      await expect.poll(() => onServer(page, address)).toBe('Typed, then left')
      await page.goBack()
      await expect(description(page)).toHaveValue('Typed, then left')
    })
    await test.step('a reload immediately after typing', async () => {
      await description(page).fill('Typed, then reloaded')
      await page.reload()
      await expect(description(page)).toHaveValue('Typed, then reloaded')
      await expect.poll(() => onServer(page, address)).toBe('Typed, then reloaded')
    })
    await test.step('a tab closed immediately', async () => {
      await description(page).fill('Typed, then closed')
      await page.close()
      const reopened = await context.newPage()
      await reopened.goto(address)
      await expect(description(reopened)).toHaveValue('Typed, then closed')
      await expect.poll(() => onServer(reopened, address)).toBe('Typed, then closed')
      await description(reopened).fill(before)
      await expect.poll(() => onServer(reopened, address)).toBe(before)
    })
  })

  test('without a connection is kept, with a notice, and is saved when the connection is back', async ({
    page,
    context,
  }) => {
    const { address, description: before } = await openFirstSermon(page)
    await context.setOffline(true)
    await description(page).fill('Typed without a connection')
    await expect(page.getByText('Not saved: The connection was lost.')).toBeVisible()
    await context.setOffline(false)
    await expect.poll(() => onServer(page, address)).toBe('Typed without a connection')
    await description(page).fill(before)
    await expect.poll(() => onServer(page, address)).toBe(before)
  })

  test('into fields that a button sends is kept after leaving and after a reload', async ({ page }) => {
    const { address } = await openFirstSermon(page)
    await page.getByRole('button', { name: 'Paste text' }).click()
    await page.getByRole('dialog').getByLabel('Transcript').fill('In the beginning')
    await page.reload()
    await page.getByRole('button', { name: 'Paste text' }).click()
    await expect(page.getByRole('dialog').getByLabel('Transcript')).toHaveValue('In the beginning')
    await page.getByRole('dialog').getByLabel('Transcript').fill('')

    await page.goto('/dashboard/settings')
    await page.getByLabel('What is it for?').fill('The mixing desk')
    const church = await page.getByLabel('Name', { exact: true }).inputValue()
    await page.getByLabel('Name', { exact: true }).fill(`${church} and friends`)
    await page.getByRole('link', { name: 'Sermons' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Sermons' })).toBeVisible()
    await page.goto('/dashboard/settings')
    await expect(page.getByLabel('What is it for?')).toHaveValue('The mixing desk')
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue(`${church} and friends`)
    await page.getByLabel('What is it for?').fill('')
    await page.getByLabel('Name', { exact: true }).fill(church)
    await page.goto(address)
  })
})
