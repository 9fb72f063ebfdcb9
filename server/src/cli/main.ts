/** Entry file of the bundle `cli.js`. It holds nearly nothing itself: a server's second thread begins to load before this one loads the rest. */
import { warmEngineThread } from '../hosts/sqlite/thread/warm.ts'
import { shellLanguage } from './language.ts'

const args = process.argv.slice(2)
if (args.length === 1 && args[0] === 'start') warmEngineThread()

// `sluice replay … | head` reads as much as it wants: what is written after that goes nowhere, and is no failure of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

const { commandLine } = await import('./command-line.ts')
process.exitCode = await commandLine(args, {
  language: shellLanguage(process.env),
  environment: process.env,
  say: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
})
