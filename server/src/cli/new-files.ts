/** What `sluice new` writes: as a person of the house would begin, so that format, types and tests are green from the first moment. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

export function variableOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase())
}

function titleOf(name: string): string {
  const spaced = name.replaceAll('-', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

export function nodeFiles(pack: string, name: string): readonly NewFile[] {
  const variable = variableOf(name)
  const title = titleOf(name)
  const node = `import { defineNode, leave, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'

/** Says in one sentence what the step is for. */
export const ${variable} = defineNode({
  type: '${pack}.${name}',
  version: 1,
  label: words('${title}', '${title}'),
  summary: words('Adds a note to what comes in.', '为输入附加一条备注。'),
  keywords: [],
  category: 'data',
  silhouette: 'action',
  icon: 'circle',
  config: Type.Object({ note: Type.String({ ...ui('template', 'Note', '备注'), format: 'template' }) }, { additionalProperties: false }),
  ports: [{ name: 'out', label: words('Out', '输出') }],
  effect: 'none',
  run: ({ config, input }) => leave('out', { input, note: config.note }),
})
`
  const test = `import { testNode } from '@sluice/sdk/testing'
import { expect, test } from 'vitest'
import { ${variable} } from './${name}.ts'

test('the note goes on beside what came in', async () => {
  const { outcome } = await testNode(${variable}, { config: { note: 'hello' }, input: 1 })
  expect(outcome).toMatchObject({ kind: 'output', port: 'out', data: { input: 1, note: 'hello' } })
})
`
  return [
    { path: `nodes/${name}.ts`, text: node },
    { path: `nodes/${name}.test.ts`, text: test },
  ]
}

export function packFiles(pack: string): readonly NewFile[] {
  const variable = variableOf(pack)
  const title = titleOf(pack)
  const index = `import { definePack, words } from '@sluice/sdk'
import { addNote } from './nodes/add-note.ts'

/** Says in one sentence what the pack brings. */
export const ${variable}Pack = definePack({
  id: '${pack}',
  label: words('${title}', '${title}'),
  requires: [],
  nodes: [addNote],
})
`
  const readme = `# ${title}

What this pack promises, in one sentence.

## Steps
| type | does | effect |
| --- | --- | --- |
| \`${pack}.add-note\` | adds a note to what comes in | none |

## Recipes
**Add a step.** \`sluice new node ${pack}.<name>\`, then add it to \`nodes\` in \`index.ts\`.
`
  return [{ path: 'index.ts', text: index }, { path: 'README.md', text: readme }, ...nodeFiles(pack, 'add-note')]
}
