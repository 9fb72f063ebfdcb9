import type { FlowTest } from './flow-test.ts'

/** Flow tests that were saved beside a draft in this browser; the file is what one keeps in the repository. */
const testsMax = 40

export interface TestShelf {
  read(flow: string): readonly FlowTest[]
  write(flow: string, tests: readonly FlowTest[]): void
}

export function testShelf(storage: Pick<Storage, 'getItem' | 'setItem'>): TestShelf {
  const at = (flow: string) => `sluice.flow-tests.${flow}`
  return {
    read(flow) {
      try {
        const found: unknown = JSON.parse(storage.getItem(at(flow)) ?? '[]')
        return Array.isArray(found) ? found.filter(isTest) : []
      } catch {
        return []
      }
    },
    write(flow, tests) {
      storage.setItem(at(flow), JSON.stringify(tests.slice(-testsMax)))
    },
  }
}

function isTest(value: unknown): value is FlowTest {
  return typeof value === 'object' && value !== null && 'name' in value && 'expect' in value
}
