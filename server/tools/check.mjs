/** `npm run check`: format, lint and types of every workspace. */
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const projects = [
  'flows',
  'flows/tsconfig.test.json',
  'engine',
  'engine/tsconfig.test.json',
  'nodes/sdk',
  'nodes/sdk/tsconfig.test.json',
  'nodes',
  'nodes/tsconfig.server.json',
  'server',
  'editor',
  'editor/tsconfig.test.json',
  'examples',
]
const steps = [
  ['format and lint', join(root, 'node_modules/@biomejs/biome/bin/biome'), ['ci', '--error-on-warnings', '.']],
  ...projects.map((project) => [`types of ${project}`, join(root, 'node_modules/typescript/bin/tsc'), ['-p', project]]),
]
let broken = 0
for (const [name, tool, args] of steps) {
  const { status } = spawnSync(process.execPath, [tool, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    broken += 1
    console.error(`✗ ${name}`)
  }
}
console.log(broken === 0 ? 'check: all clean' : `check: ${broken} of ${steps.length} steps failed`)
process.exit(broken === 0 ? 0 : 1)
