import { packageOf } from './imports.ts'

/** A part of the house and what it may import (STYLE.md §2). The first zone whose pattern fits a path is the path's zone. */
export interface Zone {
  readonly name: string
  readonly holds: RegExp
  /** Entries and folders of ours. */
  readonly ours: RegExp
  /** npm packages and `node:`. */
  readonly packages: RegExp
  /** Ours that may be imported as types only. */
  readonly typesOnly?: RegExp
}

const nothing = /$^/
const pure = /^typebox$/
const react =
  /^(react|react-dom|react-aria-components|react-aria|@xyflow\/react|@tanstack\/.*|@lingui\/.*|lucide-react|zustand|monaco-editor|pinyin-pro|uplot|typebox)$/

export const zones: readonly Zone[] = [
  { name: 'flows', holds: /^flows\//, ours: /^flows\//, packages: pure },
  { name: 'engine/core', holds: /^engine\/src\/core\//, ours: /^engine\/src\/core\//, typesOnly: /^@sluice\/flows$/, packages: nothing },
  {
    name: 'engine/expression',
    holds: /^engine\/src\/expression\//,
    ours: /^(engine\/src\/|@sluice\/flows$)/,
    packages: /^(jsonata|re2js)$/,
  },
  { name: 'engine', holds: /^engine\//, ours: /^(engine\/|@sluice\/flows$)/, packages: nothing },
  { name: 'nodes/sdk', holds: /^nodes\/sdk\//, ours: /^(nodes\/sdk\/|@sluice\/(flows|engine)(\/|$))/, packages: pure },
  {
    name: 'nodes (catalogues)',
    holds: /^nodes\/[^/]+\.ts$/,
    ours: /^(nodes\/[^/]+\/(server\/|editor\/)?index\.ts|@sluice\/sdk(\/server|\/editor)?)$/,
    packages: nothing,
  },
  // Joins the packs, as the server does, for whoever tries a draft.
  {
    name: 'nodes/simulate',
    holds: /^nodes\/simulate\//,
    ours: /^(nodes\/(simulate\/|catalogue(-server)?\.ts$|[^/]+\/server\/index\.ts$)|@sluice\/(sdk(\/server)?|flows|engine\/(core|simulate|compile))$)/,
    packages: pure,
  },
  {
    name: 'nodes/<pack>/editor',
    holds: /^nodes\/[^/]+\/editor\//,
    ours: /^(nodes\/(?!sdk)|@sluice\/(sdk(\/editor)?|flows)$)/,
    packages: react,
  },
  {
    name: 'nodes/<pack>/server',
    holds: /^nodes\/[^/]+\/server\//,
    ours: /^(nodes\/(?!sdk)|@sluice\/(sdk(\/server)?|flows|engine\/(core|expression|worker)|nodes\/.+)$)/,
    packages: /^(node:.*|drizzle-orm|typebox|csv-parse|fast-xml-parser|croner|canonicalize|standardwebhooks)$/,
  },
  {
    name: 'nodes/<pack>',
    holds: /^nodes\//,
    ours: /^(nodes\/(?!sdk)|@sluice\/(sdk(\/server)?|flows|engine\/(core|expression)|nodes\/.+)$)/,
    packages: /^(typebox|croner)$/,
  },
  // What builds and weighs the editor uses what builds the rest; nothing of it is in a page.
  {
    name: 'editor/tools',
    holds: /^editor\/tools\//,
    ours: /^(editor\/|server\/tools\/)/,
    packages: /./,
  },
  {
    name: 'editor',
    holds: /^editor\//,
    ours: /^(editor\/|@sluice\/(flows(\/(templates|document))?|engine\/(core|replay|simulate|compile|expression)|sdk(\/editor)?|nodes(\/.*)?)$)/,
    packages: /./,
  },
  { name: 'server', holds: /^server\//, ours: /^(server\/|@sluice\/(?!editor))/, packages: /./ },
  { name: 'examples', holds: /^examples\//, ours: /^(examples\/|@sluice\/(flows|nodes|sdk)(\/|$))/, packages: /./ },
]

export function zoneOf(path: string): Zone | undefined {
  return zones.find(({ holds }) => holds.test(path))
}

const isOurs = (target: string) => target.startsWith('@sluice/') || zones.some(({ holds }) => holds.test(target))

/** Null when the zone may import this; otherwise why not. */
export function brokenRule(zone: Zone, target: string, typeOnly: boolean): string | null {
  if (!isOurs(target))
    return zone.packages.test(packageOf(target)) || zone.packages.test(target) ? null : `${zone.name} may not use the package ${target}`
  if (zone.ours.test(target)) return null
  if (zone.typesOnly?.test(target) === true) return typeOnly ? null : `${zone.name} may import only types from ${target}`
  return `${zone.name} may not import ${target}`
}
