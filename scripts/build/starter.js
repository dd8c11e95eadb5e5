// The only script that the HTML of a page names. It loads the scripts of every page, FILES, and those that the data of
// this page names, after the first paint. The build leaves these comments out.
const scripts = () =>
  new Set([...FILES, ...(String(self.__next_f).match(/static\/chunks\/[\w.~-]+\.js/g) ?? [])])
const add = (name, values) => document.head.appendChild(Object.assign(document.createElement(name), values))
// The page counts as loaded when its scripts are: a frame that is still being written holds the event back.
const frame = add('iframe')
frame.contentDocument?.open()
let isStarted = false
const start = () => {
  if (isStarted) return
  isStarted = true
  for (const file of scripts()) add('script', { src: `/_next/${file}` })
  frame.contentDocument?.close()
  frame.remove()
}
// On a slow network they are fetched at once, behind what the paint needs.
if (navigator.connection?.rtt > 250)
  for (const file of scripts())
    add('link', { rel: 'preload', as: 'script', fetchPriority: 'low', href: `/_next/${file}` })
// What is hidden is not painted, and the page of an error is blank until its scripts have run.
const isBlank = document.hidden || document.documentElement.id === '__next_error__'
if (isBlank || !PerformanceObserver.supportedEntryTypes.includes('paint')) start()
addEventListener('visibilitychange', start)
new PerformanceObserver((list) => {
  if (list.getEntriesByName('first-contentful-paint').length > 0) start()
}).observe({ type: 'paint', buffered: true })
setTimeout(start, 2000)
// The last press of a button that React does not control yet is repeated when it does, within ten seconds. React marks
// what it controls.
let timer
const pressed = ({ target, isTrusted }) => {
  const button = isTrusted && target.closest('button[type=button]')
  if (!button) return
  const isReady = () => Object.keys(button).some((key) => key.startsWith('__reactProps'))
  clearInterval(timer)
  if (isReady()) return removeEventListener('click', pressed, true)
  const until = performance.now() + 10_000
  // Once React listens, it takes control of the button for this press, and handles the press itself.
  timer = setTimeout(() => {
    if (isReady()) return
    timer = setInterval(() => {
      const isOver = !button.isConnected || performance.now() > until
      if (!isOver && !isReady()) return
      clearInterval(timer)
      if (!isOver) button.click()
    }, 50)
  })
}
addEventListener('click', pressed, true)
