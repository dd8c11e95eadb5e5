import { expect, it } from 'vitest'
import { stemWord } from './stem-word.ts'

it.each([
  ['contentment', 'content', 'contented'],
  ['comfort', 'comforted', 'comforting', 'comforts', 'comforteth'],
  ['hope', 'hoping', 'hoped', 'hopes'],
  ['pray', 'prayed', 'praying', 'prays'],
  ['mercy', 'mercies'],
  ['weakness', 'weak'],
  ['forgive', 'forgiveth', 'forgiving', 'forgives'],
  ['preach', 'preacheth', 'preaching', 'preached'],
])('forms of one word share a stem: %s', (...forms) => {
  expect(new Set(forms.map(stemWord)).size).toBe(1)
})

it('keeps different words apart', () => {
  expect(
    new Set(['grace', 'grave', 'great', 'grief', 'god', 'good', 'faith', 'fate'].map(stemWord)).size,
  ).toBe(8)
})

it('gives back what it does not know', () => {
  for (const word of ['', 'a', '恵み', '1689', 'été']) expect(stemWord(word)).toBe(word)
})
