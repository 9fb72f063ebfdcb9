/** `npm run bench`: every benchmark of the repository, one after the other, each in a process of its own. Names select: `npm run bench -- ingress`. */
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildServer } from './build.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const benches = {
  expression: 'engine/bench/expression.ts',
  compile: 'engine/bench/compile.ts',
  check: 'server/bench/check.ts',
  core: 'engine/bench/core.ts',
  engine: 'server/bench/engine.ts',
  ingress: 'server/bench/ingress.ts',
  withdrawals: 'server/bench/withdrawals.ts',
  scale: 'server/bench/scale.ts',
  timers: 'server/bench/timers.ts',
  pruning: 'server/bench/pruning.ts',
  restart: 'server/bench/restart.ts',
  // Not a speed: fifty kill -9 under load, then a recount of every acknowledged event.
  kill: 'server/test/crash',
}
const wanted = process.argv.slice(2).filter((name) => name in benches)
await buildServer()
let failed = 0
for (const [name, file] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n# ${name}`)
  const command =
    name === 'kill'
      ? [join(root, 'node_modules/vitest/vitest.mjs'), 'run', file]
      : [join(root, 'server/tools/run-ts.mjs'), join(root, file)]
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  if (status !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
