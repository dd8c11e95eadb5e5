import { describe, expect, it } from 'vitest'
import { lexicalEmbedder } from './lexical-embedder.ts'

const embed = (texts: string[]) => lexicalEmbedder.embed(texts, { kind: 'passage' })
const cosine = (a: number[] = [], b: number[] = []) =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)

describe('the lexical embedder', () => {
  it('gives unit vectors of the stored size, the same every time, for any text', async () => {
    const texts = ['', '   ', 'the and of', 'grace', '恵み', '😀', 'x'.repeat(20_000), 'Grace, grace. GRACE!']
    const [first, second] = [await embed(texts), await embed(texts)]
    expect(first).toEqual(second)
    for (const vector of first) {
      expect(vector).toHaveLength(lexicalEmbedder.dimensions)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 6)
    }
  })

  it('brings forms and misspellings of a word nearer than other words', async () => {
    const [word, form, slip, other] = await embed(['forgiveness', 'forgiven', 'forgivness', 'mountain'])
    expect(cosine(word, form)).toBeGreaterThan(cosine(word, other) + 0.2)
    expect(cosine(word, slip)).toBeGreaterThan(cosine(word, other) + 0.2)
  })

  it('takes no notice of case, accents, punctuation and small words', async () => {
    const [plain, dressed] = await embed(['grace mercy peace', 'The Grâce, and the MERCY; and the peace!'])
    expect(cosine(plain, dressed)).toBeCloseTo(1, 6)
  })

  it('stops when it is told to', async () => {
    await expect(
      lexicalEmbedder.embed(['grace'], { kind: 'query', signal: AbortSignal.abort() }),
    ).rejects.toThrow()
  })
})
