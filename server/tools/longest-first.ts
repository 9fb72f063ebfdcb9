import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** From the root of the repository, without `.test.ts`. */
export const longest: readonly string[] = [
  ...['server/test/crash/kill', 'server/test/cli', 'engine/src/testing/reference/reference', 'engine/src/testing/simulation/simulation'],
  ...['server/test/crash/withdrawals', 'server/test/session', 'server/src/hosts/sqlite/engine-client', 'server/test/crash/damaged-file'],
  ...[
    ...['screens', 'roles', 'hostile', 'operate', 'expressions', 'many-flows', 'tasks', 'pointing'],
    ...['settings', 'first-run', 'together', 'gestures', 'large-flow', 'evidence', 'languages', 'document'],
  ].map((name) => `editor/e2e/${name}`),
]

/**
 * Files that take longest begin first, so that none of them ends alone while the other core has nothing left to do. Vitest knows how
 * long a file takes only where it ran before, which a fresh clone has not. What is not named follows in vitest's own order.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const projects = [...new Set(sorted.map(({ project }) => project.name))]
    const place = ({ project, moduleId }: TestSpecification) => {
      const known = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return projects.indexOf(project.name) * longest.length * 2 + (known === -1 ? longest.length : known)
    }
    return sorted.sort((a, b) => place(a) - place(b))
  }
}
