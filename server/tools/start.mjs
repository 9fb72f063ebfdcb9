/** `npm start`: builds what changed, then starts the server in this same process. Nothing changed: straight to the server. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildWhenChanged, root } from './build-when-changed.mjs'

await buildWhenChanged('server')
await buildWhenChanged('editor')
// On a machine that only its owner can reach, the first start shows the demo, also when automation brings its own token.
if (['127.0.0.1', '::1', 'localhost', undefined, ''].includes(process.env.SLUICE_HOST)) process.env.SLUICE_DEMO ??= '1'

const cli = join(root, 'server/dist/cli.js')
process.argv = [process.argv[0] ?? 'node', cli, 'start', ...process.argv.slice(2)]
await import(pathToFileURL(cli).href)
