/**
 * The first file of every npm script, before anything is installed: plain JavaScript without dependencies,
 * in syntax that old versions of Node can run, so that they can print what is missing.
 */
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 9)) {
  console.error(
    `Selah needs Node.js 20.9 or newer, and this is ${process.versions.node}. ` +
      'Install a current version from https://nodejs.org, then run the same command again.',
  )
  process.exit(1)
}

import('./bootstrap/run.mjs')
  .then(({ run }) => run(process.argv[2], process.argv.slice(3)))
  .catch((error) => {
    console.error(error?.explained ? error.message : error)
    process.exit(1)
  })
