import { describe, expect, it } from 'vitest'
import { DirectAddresses } from './direct-addresses.ts'

const file = 'https://grace.example/api/v1/sermons/1/hls/96k.mp4'
const signed = 'https://storage.example/96k.mp4?token=1'
const answer = (requestedUrl: string, isOk = true, url = signed) => ({ url, isOk, requestedUrl })

function afterOnePart(): DirectAddresses {
  const addresses = new DirectAddresses()
  addresses.note(file, answer(file), 1000)
  return addresses
}

describe('the parts of a file after the first one', () => {
  it('are requested where the file was found', () => expect(afterOnePart().find(file, 2000)).toBe(signed))

  it('are requested at its own address again after a minute, also while it plays', () => {
    const addresses = afterOnePart()
    addresses.note(file, answer(signed), 50_000)
    expect(addresses.find(file, 60_999)).toBe(signed)
    expect(addresses.find(file, 61_000)).toBe(file)
  })

  it('are requested at its own address again when the other one has failed', () => {
    const addresses = afterOnePart()
    addresses.note(file, answer(signed, false), 2000)
    expect(addresses.find(file, 2001)).toBe(file)
  })

  it('of another file are requested at its own address', () =>
    expect(afterOnePart().find('https://grace.example/48k.mp4', 2000)).toBe('https://grace.example/48k.mp4'))
})

it('a file that was not redirected keeps its address', () => {
  const addresses = new DirectAddresses()
  addresses.note(file, answer(file, true, file), 0)
  expect(addresses.find(file, 1)).toBe(file)
})
