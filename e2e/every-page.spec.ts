import { expectAccessibleInBothSchemes, expectFits } from './fixtures/accessibility.ts'
import { expectPlaying, findReadySermon, playButton, type ReadySermon } from './fixtures/listening.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test.describe('for everyone', () => {
  test.use({ allowedErrors: [/status of 404/] })

  for (const { place, width, widths } of [
    { place: 'on a desk', width: 1280, widths: [1440, 1024, 768] },
    { place: 'on a phone', width: 320, widths: [390, 320] },
  ]) {
    test(`every page of a listener passes axe, in light and in dark, and fits with large text, ${place}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 844 })
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.goto('/')
      const slugs = await page
        .locator('a[href^="/series/"], a[href^="/speakers/"]')
        .evaluateAll((links) =>
          [...new Set(links.map((link) => link.getAttribute('href') ?? ''))].slice(0, 3),
        )
      await page.goto('/years')
      const year = await page.locator('main a[href^="/years/"]').first().getAttribute('href')
      const paths = [
        '/',
        '/search',
        '/sermons',
        '/series',
        '/speakers',
        '/topics',
        '/years',
        '/search?q=peace',
        '/search?q=kubernetes',
        '/ask',
        '/ask?q=Does%20God%20change%3F',
        '/library',
        '/playlist?name=Advent',
        `/sermons/${sermon.slug}`,
        '/sign-in',
        '/sign-in/link',
        '/sign-in/link?sent=1',
        '/auth/confirm?token_hash=none&type=magiclink',
        '/auth/confirm',
        '/nothing-here',
        ...slugs,
        year ?? '',
      ]
      for (const path of paths) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
        await expectAccessibleInBothSchemes(page, path)
        await expectFits(page, path, widths)
      }
      await page.goto(`/sermons/${sermon.slug}`)
      await playButton(page, sermon).click()
      await expectPlaying(page)
      await page.getByRole('tab', { name: 'Ask' }).click()
      await expectAccessibleInBothSchemes(page, `/sermons/${sermon.slug} while it plays`)
      await expectFits(page, `/sermons/${sermon.slug} while it plays`, widths)
    })
  }

  test('the first Tab stop skips the navigation', async ({ page }) => {
    await page.goto('/')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
  })
})
