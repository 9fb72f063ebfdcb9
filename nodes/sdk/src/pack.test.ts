import { expect, test } from 'vitest'
import { type AnyNode, definePack } from './pack.ts'

const node = (type: string) => ({ type }) as AnyNode
const pack = (...types: string[]) => definePack({ id: 'p', label: { en: 'P', 'zh-CN': '包' }, requires: [], nodes: types.map(node) })

test('a pack that lists a node type twice is refused by name', () => {
  expect(() => pack('p.one', 'p.two', 'p.one')).toThrow('The pack “p” lists the node type p.one twice')
  expect(pack('p.one', 'p.two').nodes).toHaveLength(2)
})
