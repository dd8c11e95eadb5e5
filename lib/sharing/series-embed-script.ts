import { createHash } from 'node:crypto'

/**
 * Plays the rows of a series in order, in its frame. The page also works without it: then the browser's own player plays
 * the first sermon, and the titles lead to the pages of the others.
 */
export const seriesEmbedScript = `
const audio = document.querySelector('audio')
const list = document.querySelector('ol')
const readAlong = document.querySelector('[data-read-along]')
const rows = audio ? [...list.querySelectorAll('[data-audio]')] : []
const current = () => rows.find((row) => row.hasAttribute('aria-current'))
const play = () => audio.play().catch(() => {
  // The browser waits for a press of its own player.
})
const show = () => {
  for (const row of rows) {
    const isPlaying = row === current() && !audio.paused
    row.toggleAttribute('data-playing', isPlaying)
    row.querySelector('[data-word]').textContent = isPlaying ? list.dataset.pause : list.dataset.play
  }
}
const choose = (row) => {
  const link = row.querySelector('a')
  current()?.removeAttribute('aria-current')
  row.setAttribute('aria-current', 'true')
  readAlong.href = link.href
  audio.setAttribute('aria-label', link.textContent)
  audio.src = row.dataset.audio
  list.scrollTop = row.offsetTop - list.offsetTop
  play()
}
for (const row of rows) {
  const button = row.querySelector('button')
  button.hidden = false
  button.addEventListener('click', () => {
    if (row !== current()) choose(row)
    else if (audio.paused) play()
    else audio.pause()
  })
}
if (audio) {
  for (const name of ['play', 'pause', 'ended', 'emptied']) audio.addEventListener(name, show)
  audio.addEventListener('ended', () => {
    const next = rows[rows.indexOf(current()) + 1]
    if (next) choose(next)
  })
}
`

/** What a policy names to allow this script and no other. */
export const seriesEmbedScriptSource = `'sha256-${createHash('sha256').update(seriesEmbedScript).digest('base64')}'`
