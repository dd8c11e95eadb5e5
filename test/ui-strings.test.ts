import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findVisibleTexts } from './find-visible-texts.ts'

const root = path.resolve(import.meta.dirname, '..')

/** Folders whose every text is a message. Add a folder here when its texts have moved. */
const folders = [
  'app/(listen)',
  'app/ask',
  'app/dashboard/_components',
  'app/dashboard/sermons',
  'app/dashboard/settings',
  'app/set-up',
  'app/sign-in',
  'components/api',
  'components/artwork',
  'components/ask',
  'components/autosave',
  'components/dashboard',
  'components/live',
  'components/messages',
  'components/player',
  'components/sermon',
  'components/shell',
  'components/ui',
  'components/upload',
]

function sourcesOf(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => path.join(root, folder, file))
}

test('every text that people see in the root layout, error page and not-found page is a message', () => {
  const files = ['layout.tsx', 'error.tsx', 'not-found.tsx'].map((file) => path.join(root, 'app', file))
  expect(files.flatMap((file) => findVisibleTexts(file))).toEqual([])
})

test.each(folders)('every text that people see in %s is a message', (folder) => {
  const texts = sourcesOf(folder).flatMap((file) => findVisibleTexts(file))
  expect(texts.map((text) => path.relative(root, text))).toEqual([])
})

test.each([
  ['<p>Hello</p>', 1],
  ["<p>{isOpen ? 'Open' : t('closed')}</p>", 1],
  ['<a aria-label="Back" href="/">{t("back")}</a>', 1],
  ['<b title={isOn ? "Mute" : t("x")} />', 1],
  ["const labels = { play: 'Play it again' }", 1],
  ['<p className="mt-2" key="a">{count} · {"·"} Selah</p>', 0],
  ["throw new Error('This place is for developers.')", 0],
  ['<p className="mt-2">{t("close")} · {total}</p>', 0],
  ["element.style.transition = 'opacity 1s'", 0],
])('%s has %d texts that are not messages', (source, count) =>
  expect(findVisibleTexts('example.tsx', source)).toHaveLength(count),
)
