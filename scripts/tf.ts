import { findRunning } from './running.ts'

/**
 * `pnpm tf`: the command line. Whoever signs in from a checkout that runs means its own server, on whichever port it found:
 * another one may answer where it usually does.
 */
const words = process.argv.slice(2)
const running = await findRunning()
const isOpen = words[0] === 'login' && !words.some((word) => word.startsWith('--server'))
if (isOpen && running?.ports && process.env.TALLYFORGE_URL === undefined) {
  process.argv.push('--server', `http://127.0.0.1:${running.ports.PORT}`)
}
await import('../apps/cli/src/main.ts')
