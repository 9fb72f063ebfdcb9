/**
 * `npm run simulate -- --seeds N [--from S] [--flows N] [--faulty-flows N] [--minutes M]`: worlds with faults, and random flows against
 * the reference interpreter, on all cores. One case: `--seed S`, `--flow S`, `--faulty S`, as a failure prints it. `--planted`: puts bugs
 * into a copy of the engine, one after the other, and says after how many cases each is found.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

if (isMainThread) process.exitCode = await main()
else await work()

async function main() {
  const { values } = parseArgs({
    options: Object.fromEntries(
      [
        'seeds',
        'from',
        'flows',
        'faulty-flows',
        'minutes',
        'jobs',
        'seed',
        'flow',
        'faulty',
        'cut',
        'happenings',
        'without',
        'faults',
        'bug',
      ]
        .map((name) => [name, { type: 'string' }])
        .concat([['planted', { type: 'boolean' }]]),
    ),
  })
  const jobs = Math.max(1, Number(values.jobs ?? availableParallelism()))
  if (values.planted) return planted(values, jobs)
  const bundle = await bundled('simulate', null)
  try {
    const single = singleCase(values)
    if (single !== null) return await playOne(bundle, single)
    const minutes = Number(values.minutes ?? Number.POSITIVE_INFINITY)
    const from = Number(values.from ?? 1)
    const isPlain = values.seeds === undefined && values.flows === undefined && values['faulty-flows'] === undefined
    const plan = [
      { kind: 'scenario', from, count: Number(values.seeds ?? (isPlain ? 500 : 0)) },
      { kind: 'flow', from, count: Number(values.flows ?? (isPlain ? 2_000 : 0)) },
      { kind: 'faulty', from, count: Number(values['faulty-flows'] ?? (isPlain ? 200 : 0)) },
    ]
    const { played, found, seconds } = await playAll(bundle, plan, jobs, minutes, true)
    console.log(`${played} cases in ${seconds.toFixed(1)} s (${(played / seconds).toFixed(1)}/s) on ${jobs} threads`)
    if (found === null) return 0
    console.log(`\nViolation in ${found.case.kind} ${found.case.seed}: ${found.what}`)
    console.log('Making it smaller …')
    const { what, command, kept } = await inWorker(bundle, { shrink: found.case })
    console.log(`Repeat: ${command}\n${what}\nKeep it: add to engine/test/seeds.json\n${kept}`)
    return 1
  } finally {
    rmSync(bundle, { force: true })
  }
}

function singleCase({ seed, flow, faulty, cut, happenings, without, faults }) {
  const given = [
    ['scenario', seed],
    ['flow', flow],
    ['faulty', faulty],
  ].find(([, value]) => value !== undefined)
  if (given === undefined) return null
  const list = (text) => (text === undefined ? undefined : text.split(',').filter((one) => one !== '' && one !== 'none'))
  const numbers = list(without)?.map(Number)
  const all = {
    cut: list(cut),
    happenings: happenings === undefined ? undefined : Number(happenings),
    without: numbers,
    faults: list(faults),
  }
  return { kind: given[0], seed: Number(given[1]), ...Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) }
}

async function playOne(bundle, single) {
  const { what } = await inWorker(bundle, { play: single })
  console.log(what ?? 'Everything held.')
  return what === null ? 0 : 1
}

/** The engine and its tests in one file; with a bug, `before` in `file` is `after`. */
async function bundled(name, bug) {
  const out = join(root, '.cache', `${name}-${process.pid}.mjs`)
  mkdirSync(dirname(out), { recursive: true })
  let isPlanted = bug === null
  await build({
    entryPoints: [join(root, 'engine/src/testing/reference/session.ts')],
    outfile: out,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
    plugins: [
      {
        name: 'planted',
        setup(it) {
          it.onResolve({ filter: /^(jsonata|re2js|typebox)/ }, ({ path }) => ({ path, external: true }))
          if (bug === null) return
          it.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            if (path !== join(root, bug.file)) return null
            const text = await readFile(path, 'utf8')
            isPlanted = text.includes(bug.before)
            return { contents: text.replace(bug.before, () => bug.after), loader: 'ts' }
          })
        },
      },
    ],
  })
  if (!isPlanted) throw new Error(`“${bug.name}”: ${bug.file} no longer holds the text to change`)
  return out
}

function inWorker(bundle, task) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { bundle, ...task } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

/** Plays the plan on several threads; stops at the first violation. */
async function playAll(bundle, plan, jobs, minutes, shows) {
  const start = Date.now()
  const total = plan.reduce((sum, { count }) => sum + count, 0)
  const workers = []
  let played = 0
  let shown = start
  let found = null
  await Promise.all(
    Array.from({ length: jobs }, (_, job) => {
      const worker = new Worker(fileURLToPath(import.meta.url), {
        workerData: { bundle, plan, job, jobs, until: start + minutes * 60_000 },
      })
      workers.push(worker)
      return new Promise((resolve, reject) => {
        worker.on('message', (message) => {
          played += message.played
          if (message.found !== undefined && found === null) {
            found = message.found
            for (const one of workers) one.terminate()
          }
          if (!shows || Date.now() - shown < 5_000) return
          shown = Date.now()
          const perSecond = played / ((shown - start) / 1_000)
          console.log(`${played} of ${total}, ${perSecond.toFixed(1)}/s`)
        })
        worker.on('error', reject)
        worker.on('exit', resolve)
      })
    }),
  )
  return { played, found, seconds: (Date.now() - start) / 1_000 }
}

async function work() {
  const { bundle, plan, job, jobs, until, play, shrink } = workerData
  const { playCase, shrinkCase, commandOf, keptLine } = await import(pathToFileURL(bundle).href)
  if (play !== undefined) {
    parentPort.postMessage({ what: playCase(play) })
    return
  }
  if (shrink !== undefined) {
    const smaller = shrinkCase(shrink)
    const what = playCase(smaller) ?? ''
    parentPort.postMessage({ what, command: commandOf(smaller), kept: keptLine(smaller, what) })
    return
  }
  let played = 0
  const most = Math.max(...plan.map(({ count }) => count))
  for (let index = job; index < most && Date.now() < until; index += jobs) {
    for (const { kind, from, count, cases } of plan) {
      if (index >= count) continue
      const one = cases?.[index] ?? { kind, seed: from + index }
      const what = playCase(one)
      played++
      if (what !== null) {
        parentPort.postMessage({ played, found: { case: one, what } })
        return
      }
      if (played === 10) {
        parentPort.postMessage({ played })
        played = 0
      }
    }
  }
  parentPort.postMessage({ played })
}

async function planted(values, jobs) {
  const all = JSON.parse(readFileSync(join(root, 'engine/test/planted/bugs.json'), 'utf8'))
  const bugs = values.bug === undefined ? all : all.filter((_, index) => values.bug.split(',').includes(String(index + 1)))
  const limit = Number(values.seeds ?? 100)
  const flows = Number(values.flows ?? 1_200)
  // What once failed, or is rare among random flows, is drawn small and played first.
  const cases = JSON.parse(readFileSync(join(root, 'engine/test/seeds.json'), 'utf8')).map(({ was, ...one }) => one)
  const kept = { cases, count: cases.length }
  let missed = 0
  for (const [index, bug] of bugs.entries()) {
    const bundle = await bundled(`planted-${index}`, bug)
    // Flows are played ten times as fast as worlds.
    const parts = Array.from({ length: 10 }, (_, part) => ({
      kind: 'flow',
      from: 1 + Math.ceil(flows / 10) * part,
      count: Math.ceil(flows / 10),
    }))
    const plan = [kept, ...parts, { kind: 'scenario', from: 1, count: limit }, { kind: 'faulty', from: 1, count: limit }]
    const { played, found, seconds } = await playAll(bundle, plan, jobs, Number(values.minutes ?? 5), false)
    rmSync(bundle, { force: true })
    if (found === null) missed++
    const how = found === null ? `NOT found in ${played} cases` : `found after ${played} cases by ${found.case.kind} ${found.case.seed}`
    console.log(`${String(all.indexOf(bug) + 1).padStart(2)} ${bug.name}: ${how} (${seconds.toFixed(1)} s)`)
  }
  console.log(`${bugs.length - missed} of ${bugs.length} planted bugs found`)
  return missed === 0 ? 0 : 1
}
