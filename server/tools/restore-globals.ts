import { afterAll, vi } from 'vitest'

// Unit test files of one worker share their modules and globals (see vitest.config.ts): none leaves its clock or stubs to the next, nor
// a part that the page's code has begun to load, which would be missing there.
afterAll(async () => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  await vi.dynamicImportSettled()
})
