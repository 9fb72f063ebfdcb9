import { expect, test } from 'vitest'
import { importsOf } from './imports.ts'
import { isTest, sources } from './sources.ts'
import { brokenRule, zoneOf } from './zones.ts'

const all = sources()

/** The withdrawal's clock looks whether its alert arrived. `requires` cannot say so: notify requires crm, which requires consent. */
const exceptions: ReadonlySet<string> = new Set(['consent → notify'])

const production = all.filter(({ path }) => !isTest(path) && !/\.config\.ts$/.test(path))

test('every source lies in a zone of the house', () => {
  expect(all.filter(({ path }) => zoneOf(path) === undefined).map(({ path }) => path)).toEqual([])
})

test('nobody imports upwards (STYLE.md §2)', () => {
  const broken = production.flatMap((source) =>
    importsOf(source).flatMap(({ target, typeOnly }) => {
      const zone = zoneOf(source.path)
      const rule = zone === undefined ? null : brokenRule(zone, target, typeOnly)
      return rule === null ? [] : [`${source.path}: ${rule}`]
    }),
  )
  expect(broken).toEqual([])
})

test('what runs in the browser never reaches a server half', () => {
  const browser = production.filter(({ path }) => /^(editor|flows|engine)\//.test(path) || /^nodes\/(?!.*\/server\/)/.test(path))
  const broken = browser
    .filter(
      ({ path }) =>
        !/^(editor\/(tools|bench)\/|nodes\/(catalogue-server\.ts|simulate\/|sdk\/src\/server\/|sdk\/src\/runtime\.ts))/.test(path),
    )
    .flatMap((source) =>
      importsOf(source)
        .filter(
          ({ target, typeOnly }) =>
            !typeOnly &&
            (/^nodes\/[^/]+\/server\//.test(target) || /^@sluice\/nodes\/(.*\/)?server$/.test(target) || target.startsWith('node:')),
        )
        .map(({ target }) => `${source.path}: ${target}`),
    )
  expect(broken).toEqual([])
})

/** Drafts are played where they are drawn, by the real packs: one worker has their server halves, with stand-ins for what is Node's. */
const packsWorker = 'editor/src/simulate/here/simulate.worker.ts'

test('in the browser one worker alone has the server halves of the packs, and no page waits for it', () => {
  const takers = production
    .filter(({ path }) => path.startsWith('editor/src/'))
    .flatMap((source) =>
      importsOf(source).flatMap(({ target, typeOnly }) =>
        !typeOnly && /^@sluice\/nodes\/simulate(?!\/(messages|base64)$)/.test(target) ? [`${source.path}: ${target}`] : [],
      ),
    )
  expect(takers).toEqual([`${packsWorker}: @sluice/nodes/simulate/worker`])
})

test('relative imports name their file with .ts, .tsx, .json or a style', () => {
  const broken = production.flatMap((source) =>
    importsOf(source)
      .filter(({ specifier }) => specifier.startsWith('.') && !/\.(ts|tsx|mjs|json|css|svg)(\?\w+)?$/.test(specifier))
      .map(({ specifier }) => `${source.path}: ${specifier}`),
  )
  expect(broken).toEqual([])
})

test('a rule that is broken is named', () => {
  const zone = zoneOf('engine/src/core/decide.ts')
  if (zone === undefined) throw new Error('engine/core has no zone')
  expect(brokenRule(zone, 'node:fs', false)).toBe('engine/core may not use the package node:fs')
  expect(brokenRule(zone, '@sluice/flows', false)).toBe('engine/core may import only types from @sluice/flows')
  expect(brokenRule(zone, 'server/src/app.ts', false)).toBe('engine/core may not import server/src/app.ts')
})

test('a pack reaches another pack only by its front door, and only one it requires', async () => {
  const { packs } = await import('@sluice/nodes')
  const requires = new Map(packs.map(({ id, requires: named }) => [id, named]))
  const packOf = (path: string) => /^nodes\/(?!(?:sdk|simulate)\/)([^/]+)\//.exec(path)?.[1]
  const broken = production.flatMap(({ path, text }) => {
    const from = packOf(path)
    if (from === undefined) return []
    return importsOf({ path, text }).flatMap(({ target }) => {
      const to = packOf(target)
      if (to === undefined || to === from) return []
      const frontDoor = /^nodes\/[^/]+\/(server\/|editor\/)?index\.ts$/.test(target)
      if (!frontDoor) return [`${path}: ${target} is not the index.ts of ${to}`]
      return requires.get(from)?.includes(to) === true || exceptions.has(`${from} → ${to}`)
        ? []
        : [`${path}: ${from} does not require ${to}`]
    })
  })
  expect([...new Set(broken)]).toEqual([])
})
