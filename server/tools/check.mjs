/** `npm run check`: format, lint and types of every workspace. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
// The dearest first, so that none of them ends alone.
const projects = [
  'server',
  'editor',
  'editor/tsconfig.test.json',
  'nodes/tsconfig.server.json',
  'nodes',
  'engine/tsconfig.test.json',
  'examples',
  'engine',
  'nodes/sdk',
  'nodes/sdk/tsconfig.test.json',
  'flows/tsconfig.test.json',
  'flows',
]
const hasColors = process.stdout.isTTY === true
const waiting = [
  {
    name: 'format and lint',
    tool: join(root, 'node_modules/@biomejs/biome/bin/biome'),
    args: ['ci', '--error-on-warnings', ...(hasColors ? ['--colors=force'] : []), '.'],
  },
  // A project for each core: the threads of one check the types they share once each, which took twice as much work.
  ...projects.map((project) => ({
    name: `types of ${project}`,
    tool: join(root, 'node_modules/typescript/bin/tsc'),
    args: ['-p', project, '--singleThreaded', '--pretty', String(hasColors)],
  })),
]
const count = waiting.length
let broken = 0

/** Takes one step after the other; what a step says comes whole, when it has ended. */
async function work() {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const { name, tool, args } = step
    const said = []
    const child = spawn(process.execPath, [tool, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (part) => said.push(part))
    child.stderr.on('data', (part) => said.push(part))
    const status = await new Promise((resolve) => child.on('close', resolve))
    process.stdout.write(Buffer.concat(said))
    if (status === 0) continue
    broken += 1
    console.error(`✗ ${name}`)
  }
}

// Each takes up to two thirds of a gigabyte.
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 6) }, work))
console.log(broken === 0 ? 'check: all clean' : `check: ${broken} of ${count} steps failed`)
process.exit(broken === 0 ? 0 : 1)
