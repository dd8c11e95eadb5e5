// The only script that the HTML of a page names. It loads the scripts of every page, FILES, and those that the data of
// this page names, after the first paint. The build leaves these comments out.
const scripts = () =>
  new Set([...FILES, ...(String(self.__next_f).match(/static\/chunks\/[\w.~-]+\.js/g) ?? [])])
const add = (name, values) => document.head.appendChild(Object.assign(document.createElement(name), values))
// The page counts as loaded when its scripts are: a frame that is still being written holds the event back.
const frame = add('iframe')
frame.contentDocument.open()
const start = () => {
  if (!frame.isConnected) return
  for (const file of scripts()) add('script', { src: `/_next/${file}` })
  frame.contentDocument.close()
  frame.remove()
}
// On a slow network they are fetched at once, behind what the paint needs.
if (navigator.connection?.rtt > 250)
  for (const file of scripts())
    add('link', { rel: 'preload', as: 'script', fetchPriority: 'low', href: `/_next/${file}` })
// What is hidden is not painted.
if (document.hidden || !PerformanceObserver.supportedEntryTypes.includes('paint')) start()
addEventListener('visibilitychange', start)
new PerformanceObserver((list) => {
  if (list.getEntriesByName('first-contentful-paint').length > 0) start()
}).observe({ type: 'paint', buffered: true })
setTimeout(start, 3000)
// The last press of a button before its script has run is repeated when it has: React marks what it controls.
let timer
const pressed = ({ target, isTrusted }) => {
  const button = target.closest('button[type=button]')
  if (!button || !isTrusted) return
  const isReady = () => Object.keys(button).some((key) => key.startsWith('__reactProps'))
  clearInterval(timer)
  if (isReady()) return removeEventListener('click', pressed, true)
  timer = setInterval(() => {
    if (!isReady()) return
    clearInterval(timer)
    button.click()
  }, 50)
}
addEventListener('click', pressed, true)
