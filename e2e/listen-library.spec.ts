import type { Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessibility.ts'
import {
  clock,
  expectJumpTo,
  expectPlaying,
  findReadySermon,
  playButton,
  recordJumps,
} from './fixtures/listening.ts'
import { expect, test } from './fixtures/test.ts'

type Listed = Awaited<ReturnType<typeof findReadySermon>>

let first: Listed
let second: Listed

test.beforeAll(async ({ request }) => {
  first = await findReadySermon(request)
  // The samples become ready one after the other.
  await expect(async () => {
    const { sermons }: { sermons: Listed[] } = await (await request.get('/api/v1/sermons?limit=20')).json()
    const other = sermons.find(({ id, facets }) => id !== first.id && facets.media === 'ready')
    expect(other).toBeDefined()
    if (other) second = other
  }).toPass({ timeout: 220_000, intervals: [1000] })
})

test.beforeEach(({ page }) => recordJumps(page))

const playerRegion = (page: Page) => page.getByRole('region', { name: 'Player' }).locator('visible=true')

async function playToEnd(page: Page): Promise<void> {
  const timeline = page.getByRole('slider', { name: 'Position', exact: true })
  await timeline.focus()
  await page.keyboard.press('End')
}

test('the queue plays one sermon after the other, and the library remembers what was heard', async ({
  page,
}) => {
  await page.goto(`/sermons/${second.slug}`)
  await page.getByRole('button', { name: 'Add to queue' }).click()
  await page.getByRole('button', { name: 'Listen later' }).click()
  await expect(page.getByRole('button', { name: 'Remove from “Listen later”' })).toBeVisible()

  await page.goto('/library')
  await expect(page.getByRole('region', { name: 'Up next' })).toContainText(second.title)
  await expect(page.getByRole('region', { name: 'Listen later' })).toContainText(second.title)
  await expectAccessible(page)

  await page.goto(`/sermons/${first.slug}`)
  await playButton(page, first).click()
  await expectPlaying(page)
  await playToEnd(page)
  await expect(playerRegion(page).getByRole('link', { name: second.title })).toBeVisible({ timeout: 60_000 })
  await expectPlaying(page)

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Library' }).click()
  const history = page.getByRole('region', { name: 'History' })
  await expect(history.getByRole('listitem').first()).toContainText(second.title)
  await expect(history.getByRole('listitem').nth(1)).toContainText(first.title)
  await expect(page.getByRole('region', { name: 'Up next' })).toHaveCount(0)
  await history.getByRole('button', { name: 'Clear' }).click()
  await expect(history).toHaveCount(0)
})

test('the next sermon of a series follows by itself when nothing is queued, unless the listener turns that off', async ({
  page,
  request,
}) => {
  const nextOf = async ({ id }: Listed): Promise<{ title: string } | null> =>
    (await (await request.get(`/api/v1/sermons/${id}/next-in-series`)).json()).next
  const [beforeSecond, beforeFirst] = [await nextOf(first), await nextOf(second)]
  const [sermon, next] = beforeSecond ? [first, beforeSecond] : [second, beforeFirst]
  if (!next) throw new Error('No sample has another one after it in its series.')
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page, sermon).click()
  await expectPlaying(page)
  await playToEnd(page)
  await expect(playerRegion(page).getByRole('link', { name: next.title })).toBeVisible({ timeout: 60_000 })
  await expectPlaying(page)

  await page.getByRole('button', { name: 'Playback settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Playback settings' })
  await settings.getByLabel('Continue with the next sermon of the series').uncheck()
  await expectAccessible(page)
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page, sermon).click()
  await expectPlaying(page)
  let hasAsked = false
  page.on('request', (sent) => {
    hasAsked ||= sent.url().endsWith('/next-in-series')
  })
  await playToEnd(page)
  await expect
    .poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.ended), { timeout: 60_000 })
    .toBe(true)
  await expect(playButton(page, sermon)).toBeVisible()
  expect(hasAsked).toBe(false)
})

test.describe('with a sermon that was removed', () => {
  // The player asks for its recording.
  test.use({ allowedErrors: [/status of 404/] })

  test('the library says that it is not available, and the queue passes over it', async ({ page }) => {
    await page.goto(`/sermons/${second.slug}`)
    await page.getByRole('button', { name: 'Add to queue' }).click()
    await page.evaluate(() => {
      const library = JSON.parse(localStorage.getItem('selah:library') ?? '{}')
      const id = crypto.randomUUID()
      const removed = {
        ...library.queue[0],
        id,
        title: 'A removed sermon',
        pageHref: '/sermons/a-removed-sermon',
        hlsUrl: `/api/v1/sermons/${id}/hls/master.m3u8?recording=1`,
        captionsUrl: `/api/v1/sermons/${id}/transcript.vtt?recording=1`,
      }
      library.queue.unshift(removed)
      library.heard = [removed]
      localStorage.setItem('selah:library', JSON.stringify(library))
    })

    await page.goto('/library')
    for (const name of ['Up next', 'History']) {
      const row = page
        .getByRole('region', { name })
        .getByRole('listitem')
        .filter({ hasText: 'A removed sermon' })
      await expect(row).toContainText('No longer available')
      await expect(row.getByRole('button', { name: /^Play/ })).toHaveCount(0)
      await expect(row.getByRole('button', { name: 'Remove A removed sermon from this list' })).toBeVisible()
    }
    await expectAccessible(page)

    await page.goto(`/sermons/${first.slug}`)
    await playButton(page, first).click()
    await expectPlaying(page)
    await playToEnd(page)
    await expect(page.getByText('“A removed sermon” is no longer available.')).toBeVisible({
      timeout: 60_000,
    })
    await expect(playerRegion(page).getByRole('link', { name: second.title })).toBeVisible()
    await expectPlaying(page)
  })
})

test('a sermon whose sleep timer stops at the end is not followed by the next one', async ({ page }) => {
  await page.goto(`/sermons/${second.slug}`)
  await page.getByRole('button', { name: 'Play next' }).click()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`/sermons/${first.slug}`)
  await playButton(page, first).click()
  await expectPlaying(page)
  await page.getByLabel('Sleep timer').locator('visible=true').selectOption('end')
  await playToEnd(page)
  await expect
    .poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.ended), { timeout: 60_000 })
    .toBe(true)
  await expect(page.getByLabel('Sleep timer').locator('visible=true')).toHaveValue('')
  await expect(page.getByText('The sleep timer stopped at the end of the sermon.')).toBeVisible()
  await expect(playerRegion(page).getByRole('link', { name: first.title })).toBeVisible()
})

test('the settings of the player: skips of 30 seconds, a speed for each speaker, a passage in a loop', async ({
  page,
}) => {
  await page.goto(`/sermons/${first.slug}`)
  await playButton(page, first).click()
  await expectPlaying(page)
  await page.getByRole('button', { name: 'Playback settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Playback settings' })
  await settings.getByLabel('Skip buttons go by').selectOption('30000')
  await expectAccessible(page)

  await test.step('a passage is played again and again', async () => {
    await settings.getByRole('button', { name: 'Loop from here' }).click()
    const from = await clock(page)
    await expect.poll(() => clock(page)).toBeGreaterThan(from + 1.5)
    await settings.getByRole('button', { name: 'Here', exact: true }).click()
    await expectJumpTo(page, from)
    await page.evaluate(() => delete window.jumpedTo)
    await expectJumpTo(page, from)
    await settings.getByRole('button', { name: 'Stop the loop' }).click()
  })
  await settings.getByRole('button', { name: 'Close' }).click()

  await test.step('the skip buttons and keys use the chosen time', async () => {
    const before = await clock(page)
    await playerRegion(page).getByRole('button', { name: 'Forward 30 seconds' }).click()
    await expectJumpTo(page, before + 30)
  })

  await test.step('the speed is remembered for the speaker', async () => {
    await page.getByLabel('Speed').locator('visible=true').selectOption('2.5')
    await page.evaluate(() => localStorage.removeItem('selah:player'))
    await page.goto(`/sermons/${first.slug}`)
    await playButton(page, first).click()
    await expectPlaying(page)
    const rate = () => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.playbackRate)
    await expect.poll(rate).toBe(first.speaker ? 2.5 : 1)
  })
})

test('playlists are made, put in order, renamed, shared as a link, and deleted; and a followed series shows what is new', async ({
  page,
}) => {
  const name = 'For the drive'
  await test.step('from the pages of sermons', async () => {
    await page.goto(`/sermons/${first.slug}`)
    await page.getByRole('button', { name: 'Add to playlist' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add to playlist' })
    await expectAccessible(page)
    await dialog.getByLabel('Name of the playlist').fill(name)
    await dialog.getByRole('button', { name: 'Create and add' }).click()
    await page.goto(`/sermons/${second.slug}`)
    await page.getByRole('button', { name: 'Add to playlist' }).click()
    await dialog.getByRole('button', { name }).click()
    await page.getByRole('button', { name: 'Add to playlist' }).click()
    await expect(dialog.getByRole('button', { name })).toBeDisabled()
  })

  await page.goto('/library')
  const playlists = page.getByRole('region', { name: 'Playlists' })
  const rows = playlists.getByRole('listitem')
  await test.step('in the library', async () => {
    await playlists.getByText(name).click()
    await expect(rows).toHaveText([new RegExp(first.title), new RegExp(second.title)])
    await playlists.getByRole('button', { name: `Move ${second.title} up` }).click()
    await expect(rows).toHaveText([new RegExp(second.title), new RegExp(first.title)])
    await playlists.getByRole('button', { name: 'Rename' }).click()
    await playlists.getByLabel('Name').fill('For Advent')
    await playlists.getByRole('button', { name: 'Save' }).click()
    await expectAccessible(page)
  })

  await test.step('as a link that another browser opens', async () => {
    const href = await playlists.getByRole('link', { name: 'Open its page' }).getAttribute('href')
    const context = await page.context().browser()?.newContext()
    const other = await context?.newPage()
    if (!context || !other) throw new Error('There is no other browser.')
    await other.goto(new URL(href ?? '', page.url()).href)
    await expect(other.getByRole('heading', { level: 1, name: 'For Advent' })).toBeVisible()
    await expect(other.getByRole('main').getByRole('listitem')).toHaveText([
      new RegExp(second.title),
      new RegExp(first.title),
    ])
    await expectAccessible(other)
    await other.getByRole('button', { name: 'Keep in my library' }).click()
    await other.goto(new URL('/library', page.url()).href)
    await expect(other.getByRole('region', { name: 'Playlists' })).toContainText('For Advent')
    await context.close()
  })

  await test.step('played in order, and deleted', async () => {
    await playlists.getByRole('button', { name: 'Play all' }).click()
    await expect(playerRegion(page).getByRole('link', { name: second.title })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Up next' })).toContainText(first.title)
    await playlists.getByRole('button', { name: 'Delete' }).click()
    await expect(playlists.getByRole('listitem')).toHaveCount(0)
  })

  await test.step('a series that was followed before its sermons were published', async () => {
    await page.goto('/series')
    await page.getByRole('main').getByRole('link', { name: /./ }).first().click()
    await page.getByRole('button', { name: 'Follow series' }).click()
    await page.goto('/library')
    const followed = page.getByRole('region', { name: 'Followed series' })
    await expect(followed).toContainText('Nothing new')
    await page.evaluate(() => {
      const library = JSON.parse(localStorage.getItem('selah:library') ?? '{}')
      library.followed[0].seenAtMs = 0
      localStorage.setItem('selah:library', JSON.stringify(library))
    })
    await page.reload()
    await expect(followed).toContainText(/\d+ new sermons?/)
    await followed.getByRole('listitem').getByRole('listitem').first().getByRole('link').click()
    await expect(page).toHaveURL(/\/sermons\//)
    await page.goto('/library')
    await followed.getByRole('button', { name: /Stop following/ }).click()
    await expect(followed).toHaveCount(0)
  })
})

test('a moment is bookmarked with a note, played from there, and found in the library', async ({ page }) => {
  await page.goto(`/sermons/${first.slug}`)
  await playButton(page, first).click()
  await expectPlaying(page)
  await page.getByRole('button', { name: 'Bookmarks' }).locator('visible=true').click()
  const dialog = page.getByRole('dialog', { name: 'Bookmarks' })
  await dialog.getByLabel('Note (optional)').fill('Quote this on Sunday')
  const make = dialog.getByRole('button', { name: /^Bookmark \d/ })
  const time = (await make.textContent())?.replace('Bookmark ', '') ?? ''
  await make.click()
  await expect(dialog.getByLabel(`Note at ${time}`)).toHaveValue('Quote this on Sunday')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await playerRegion(page)
    .getByRole('button', { name: /^Forward/ })
    .click()
  await page.getByRole('button', { name: 'Bookmarks' }).locator('visible=true').click()
  await page.evaluate(() => delete window.jumpedTo)
  await dialog.locator('li').getByRole('button').first().click()
  const [minutes = 0, seconds = 0] = time.split(':').map(Number)
  await expectJumpTo(page, minutes * 60 + seconds)
  await page.goto('/library')
  const bookmarks = page.getByRole('region', { name: 'Bookmarks' })
  await expect(bookmarks).toContainText('Quote this on Sunday')
  await expect(bookmarks.getByRole('link', { name: first.title })).toHaveAttribute('href', /\?t=\d+$/)
  await expectAccessible(page)
  await bookmarks.getByRole('button', { name: /Remove/ }).click()
  await expect(bookmarks).toHaveCount(0)
})

test('a quiet recording is made louder only when the listener wants it', async ({ page }) => {
  await page.addInitScript(() => {
    const Native = AudioContext
    window.AudioContext = class extends Native {
      constructor() {
        super()
        document.documentElement.dataset.webAudio = 'used'
      }
    }
  })
  const webAudio = page.locator('html[data-web-audio=used]')
  await page.goto(`/sermons/${first.slug}`)
  await playButton(page, first).click()
  await expectPlaying(page)
  await expect(webAudio).toHaveCount(0)
  await page.getByRole('button', { name: 'Playback settings' }).locator('visible=true').click()
  await page.getByLabel('Louder').check()
  await expect(webAudio).toHaveCount(1)
  await expectPlaying(page)
  await page.getByLabel('Louder').uncheck()
  await expectPlaying(page)
})
