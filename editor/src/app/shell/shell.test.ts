import { expect, test } from 'vitest'
import { fold } from './fold.ts'
import { initialsOf } from './initials.ts'
import { homeOf, mayOpen, screenGroups } from './screens.ts'

test('names of both kinds have initials', () => {
  expect(initialsOf('Chen Ying')).toBe('CY')
  expect(initialsOf('陈晓明')).toBe('晓明')
  expect(initialsOf('  ')).toBe('')
})

test('search does not care about width, case and accents', () => {
  expect(fold('ＡbÇ')).toBe('abc')
  expect(fold('Überführung')).toBe(fold('UBERFUHRUNG'))
})

test('builders start at their flows, others at the first screen they may open', () => {
  expect(homeOf(['flows.read', 'flows.write', 'tasks.read'])).toBe('/flows')
  expect(homeOf(['tasks.read', 'alerts.read'])).toBe('/tasks')
  expect(homeOf(['withdrawals.read'])).toBe('/withdrawals')
  expect(homeOf([])).toBe('/settings/profile')
})

test('every screen of the rail asks for a permission', () => {
  const open = screenGroups.flatMap((group) => group.screens).filter((screen) => mayOpen(screen, []))
  expect(open).toEqual([])
})
