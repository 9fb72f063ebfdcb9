import { afterAll, vi } from 'vitest'

// Unit test files of one worker share their modules and globals (see vitest.config.ts): none leaves its clock or stubs to the next.
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
