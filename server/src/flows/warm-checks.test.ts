import type { FlowDefinition } from '@sluice/flows'
import { templates } from '@sluice/flows/templates'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { warmChecks, warmLimits } from './warm-checks.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => vi.useRealTimers())

const flows = templates.slice(0, 2)
const whole = warmLimits.afterMs + warmLimits.rounds * flows.length * warmLimits.pauseMs

test('each flow is checked a bounded number of times, one after the other, and none before the first screens', () => {
  const checked: string[] = []
  warmChecks(flows, ({ key }) => checked.push(key))
  vi.advanceTimersByTime(warmLimits.afterMs - 1)
  expect(checked).toEqual([])
  vi.advanceTimersByTime(1)
  expect(checked).toHaveLength(1)
  vi.advanceTimersByTime(10 * whole)
  for (const { key } of flows) expect(checked.filter((one) => one === key)).toHaveLength(warmLimits.rounds)
})

test('a thread that has work is left alone for a while', () => {
  const check = vi.fn<(flow: FlowDefinition) => void>()
  let at = 0
  let busy = true
  // While it has work, more than any pause has gone by whenever somebody looks.
  const now = () => {
    if (busy) at += warmLimits.afterMs + warmLimits.restMs
    return at
  }
  warmChecks(flows, check, now)
  vi.advanceTimersByTime(warmLimits.afterMs + 4 * warmLimits.restMs)
  expect(check).not.toHaveBeenCalled()
  busy = false
  vi.advanceTimersByTime(2 * warmLimits.restMs)
  expect(check.mock.calls.length).toBeGreaterThan(1)
})

test('a server that stops checks no more, and a check that throws is the last', () => {
  const check = vi.fn<(flow: FlowDefinition) => void>()
  const warm = warmChecks(flows, check)
  vi.advanceTimersByTime(warmLimits.afterMs)
  warm.stop()
  vi.advanceTimersByTime(whole)
  expect(check).toHaveBeenCalledTimes(1)
  const broken = vi.fn<(flow: FlowDefinition) => void>(() => {
    throw new Error('no')
  })
  warmChecks(flows, broken)
  vi.advanceTimersByTime(2 * whole)
  expect(broken).toHaveBeenCalledTimes(1)
  warmChecks([], check)
  vi.advanceTimersByTime(2 * whole)
  expect(check).toHaveBeenCalledTimes(1)
})
