import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { outside, routes, ways } from '../e2e/places.ts'

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../src/${path}`, import.meta.url)), 'utf8')
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found ?? '')

test('every screen the router knows is among those that the browser tests try in all languages, themes and roles', () => {
  const known = all(read('app/router.tsx'), /\bpath: '([^']+)'/g)
  expect(known.length).toBeGreaterThan(20)
  const sections = all(read('screens/settings/SettingsScreen.tsx'), /\{ id: '([^']+)', permission/g)
  expect(sections.length).toBeGreaterThan(4)
  const screens = known.flatMap((path) => (path === '/settings/$section' ? sections.map((id) => `/settings/${id}`) : [path]))
  expect([...Object.keys(routes), ...outside, ...ways].sort()).toEqual([...screens].sort())
})
