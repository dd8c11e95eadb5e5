import { expect, test } from 'vitest'
import { AppError } from '#lib/errors.ts'
import { returnToForm } from './return-to-form.ts'

const failure = new AppError('forbidden', 'The link has expired.', { reason: 'auth.link_expired' })
const render = returnToForm('/sign-in/link')
const send = (accept: string) =>
  new Request('http://localhost/api/session/link', { method: 'POST', headers: { accept } })

test('a person without JavaScript returns to the page of the form, and no cache keeps the way there', () => {
  const response = render(failure, send('text/html'), { next: '/library' })
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/sign-in/link?error=auth.link_expired&next=%2Flibrary')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
})

test('a script gets the sentence', async () => {
  const response = render(failure, send('application/json'))
  expect(response.status).toBe(403)
  expect(await response.json()).toEqual({
    error: { code: 'auth.link_expired', message: 'The link has expired.' },
  })
})
