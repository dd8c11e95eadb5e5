import { z } from 'zod'
import { expectAccessible } from './fixtures/accessibility.ts'
import { expectPlaying, findReadySermon, type ReadySermon, recordJumps } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

const transcriptSchema = z.object({
  words: z.array(z.object({ id: z.string(), text: z.string(), startMs: z.number() })),
})

let sermon: ReadySermon

// The page with the whole recording requests it after it has gone.
test.use({ allowedErrors: [/status of 404/] })

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test('a pastor publishes the sermon only after listening to both ends, and takes it back', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000)
  const context = await browser.newContext()
  const listener = await context.newPage()
  await recordJumps(listener)
  const readWords = async () => {
    const answer = await listener.request.get(`/api/v1/sermons/${sermon.id}/transcript`)
    return transcriptSchema.parse(await answer.json()).words
  }
  const whole = await readWords()
  /** Not on the page of the sermon, so it still has the whole recording when the part is published. */
  const library = await context.newPage()

  await test.step('a listener keeps the sermon, a moment of it and a place in it', async () => {
    await library.goto(`/sermons/${sermon.slug}?t=60`)
    await expect(library.getByRole('slider', { name: 'Position', exact: true })).toHaveAttribute(
      'aria-valuetext',
      /^1 minute/,
    )
    await library.getByRole('button', { name: 'Listen later' }).click()
    await library.getByRole('button', { name: 'Bookmarks' }).locator('visible=true').first().click()
    const dialog = library.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Bookmark 1:00' }).click()
    await library.goto('/library')
    await expect(library.getByRole('region', { name: 'Bookmarks' })).toContainText('1:00')
  })

  await signIn(page, `/dashboard/sermons/${sermon.id}`)
  const panel = page.getByRole('region', { name: 'Published part' })
  const publish = panel.getByRole('button', { name: 'Publish this part only' })

  await test.step('the start and the end are moved by keyboard', async () => {
    await panel.getByRole('button', { name: 'Choose the sermon only' }).press('Enter')
    // It may be proposed; then the handles are moved from there.
    await expect(panel.getByText('Looking for the start and the end of the sermon…')).toHaveCount(0, {
      timeout: 60_000,
    })
    const start = panel.getByRole('slider', { name: 'Start' })
    await start.press('Home')
    await start.press('PageUp')
    await expect(start).toHaveAttribute('aria-valuetext', '30 seconds')
    const end = panel.getByRole('slider', { name: 'End' })
    await end.press('End')
    await end.press('PageDown')
    await expectAccessible(page)
  })

  await test.step('both ends must be heard', async () => {
    await expect(publish).toBeDisabled()
    await panel.getByRole('button', { name: 'Play from start' }).click()
    await expect(panel.getByRole('button', { name: 'Stop' })).toBeVisible()
    await expect(panel.getByRole('button', { name: 'Stop' })).toHaveCount(0, { timeout: 60_000 })
    await expect(publish, 'the end was not heard').toBeDisabled()
    await panel.getByRole('button', { name: 'Play to end' }).click()
    await expect(publish).toBeEnabled({ timeout: 20_000 })
    await panel.getByRole('button', { name: 'End a second earlier' }).click()
    await expect(publish, 'another end was not heard').toBeDisabled()
    await panel.getByRole('button', { name: 'Play to end' }).click()
    await expect(publish).toBeEnabled({ timeout: 20_000 })
  })

  await test.step('the part is published; its words begin at 0', async () => {
    await publish.click()
    await expect(panel.getByText(/^Listeners get only 0:30 to \d+:\d\d of the recording/)).toBeVisible({
      timeout: 120_000,
    })
    const words = await readWords()
    const kept = whole.find(({ id }) => id === words[0]?.id)
    expect(kept?.text).toBe(words[0]?.text)
    expect(words[0]?.startMs).toBeLessThan(6000)
    expect(Math.abs((kept?.startMs ?? 0) - (words[0]?.startMs ?? 0) - 30_000)).toBeLessThan(500)
    expect(words.length).toBeLessThan(whole.length)
  })

  await test.step('a quote is found in the part and plays from its own words', async () => {
    const words = await readWords()
    // Far from the start, so that playing it is a jump.
    const middle = Math.floor(words.length * 0.6)
    const phrase = words.slice(middle, middle + 8)
    await listener.goto(`/search?q=${encodeURIComponent(phrase.map(({ text }) => text).join(' '))}`)
    const hit = listener
      .getByRole('region', { name: 'Results' })
      .getByRole('button', { name: /^Play/ })
      .first()
    const jumpedTo = () => listener.evaluate(() => window.jumpedTo ?? -1)
    // A click before the page is hydrated is lost.
    await expect(async () => {
      await hit.click()
      expect(await jumpedTo()).toBeGreaterThan(0)
    }).toPass({ timeout: 30_000 })
    // The passage with the phrase begins before it, and within a minute.
    const phraseMs = phrase[0]?.startMs ?? 0
    expect((await jumpedTo()) * 1000).toBeLessThanOrEqual(phraseMs + 1000)
    expect((await jumpedTo()) * 1000).toBeGreaterThan(phraseMs - 60_000)
  })

  await test.step('a page that still has the whole recording plays the part', async () => {
    const row = library.getByRole('region', { name: 'Listen later' })
    await row.getByRole('button', { name: `Play ${sermon.title}` }).click()
    await expectPlaying(library)
  })

  await test.step('what the listener kept leads to the same words of the part', async () => {
    const stored = () => library.evaluate(() => localStorage.getItem('selah:library') ?? '')
    await library.reload()
    const bookmarks = library.getByRole('region', { name: 'Bookmarks' })
    await expect(bookmarks).toContainText('0:30')
    expect(await stored()).not.toContain(`"id":"${sermon.id}"`)
    await library.goto(`/sermons/${sermon.slug}`)
    await expect(library.getByRole('button', { name: 'Remove from “Listen later”' })).toBeVisible()
  })

  await test.step('the whole recording is used again, with all its words', async () => {
    await panel.getByRole('button', { name: 'Use the whole recording again' }).click()
    await expect(panel.getByText(/^Listeners get the whole recording\./)).toBeVisible()
    expect(await readWords()).toEqual(whole)
    await library.goto('/library')
    await expect(library.getByRole('region', { name: 'Bookmarks' })).toContainText('1:00')
  })
  await context.close()
})
