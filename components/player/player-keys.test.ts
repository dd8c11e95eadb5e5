// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { readPlayerKey } from './player-keys.ts'

function press(key: string, selector = 'main', modifiers: { ctrlKey?: boolean } = {}, letters = true) {
  return readPlayerKey(
    {
      key,
      ctrlKey: modifiers.ctrlKey ?? false,
      metaKey: false,
      altKey: false,
      defaultPrevented: false,
      target: document.querySelector(selector),
    },
    { letters },
  )
}

describe('player keys', () => {
  beforeEach(() => {
    document.body.innerHTML = `<main></main><input type="search"><textarea></textarea>
      <button><svg></svg></button><a href="/">A page</a><div role="slider"></div><input type="range">`
  })

  it.each([
    [' ', 'toggle'],
    ['k', 'toggle'],
    ['j', 'back'],
    ['ArrowLeft', 'back'],
    ['l', 'forward'],
    ['ArrowRight', 'forward'],
    ['m', 'mute'],
    ['<', 'slower'],
    ['>', 'faster'],
    ['?', 'help'],
    ['x', null],
  ])('%j means %s', (key, meaning) => expect(press(key)).toBe(meaning))

  it('handles no key while someone types', () => {
    for (const key of [' ', 'k', 'j', 'm', 'ArrowLeft']) {
      expect(press(key, 'input[type=search]')).toBeNull()
      expect(press(key, 'textarea')).toBeNull()
    }
  })

  it('leaves space to buttons and arrows to sliders, and handles the other keys there', () => {
    expect(press(' ', 'button svg')).toBeNull()
    expect(press('ArrowRight', 'button svg')).toBe('forward')
    expect(press('ArrowRight', '[role=slider]')).toBeNull()
    expect(press(' ', 'a')).toBe('toggle')
    expect(press('ArrowRight', 'a')).toBe('forward')
    expect(press('ArrowLeft', 'input[type=range]')).toBeNull()
    expect(press('k', 'button svg')).toBe('toggle')
    expect(press('m', 'input[type=range]')).toBe('mute')
  })

  it('handles no letters and symbols when they are turned off, but still space and arrows', () => {
    for (const key of ['k', 'j', 'l', 'm', '<', '>', '?']) expect(press(key, 'main', {}, false)).toBeNull()
    expect(press(' ', 'main', {}, false)).toBe('toggle')
    expect(press('ArrowLeft', 'main', {}, false)).toBe('back')
  })

  it('does not handle shortcuts of the browser', () =>
    expect(press('l', 'main', { ctrlKey: true })).toBeNull())
})
