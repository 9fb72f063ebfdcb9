import { nodeTypes } from '@sluice/nodes'
import { expect, test } from 'vitest'
import { toPinyin } from '../src/canvas/palette/pinyin.ts'
import { searchedWords, tableModule, tableOf } from './pinyin-table.ts'

const words = [...nodeTypes.values()].flatMap((node) => [
  ...(typeof node.label === 'string' ? [node.label] : [node.label['zh-CN']]),
  ...(node.keywords ?? []).filter((word) => /\p{Script=Han}/u.test(word)),
])

test('every Chinese name and keyword of every step type is found when the editor is built', () => {
  const found = searchedWords()
  expect(words.length).toBeGreaterThan(60)
  expect(words.filter((word) => !found.has(word))).toEqual([])
})

test('the table says the same as the dictionary', () => {
  const table = tableOf(words)
  for (const word of words) {
    const syllables = (table.get(word) ?? '').split(' ')
    expect({ full: syllables.join(''), initials: syllables.map((each) => each[0] ?? '').join('') }, word).toEqual(toPinyin(word))
  }
})

test('what the page gets in place of the dictionary gives the same under the same name', async () => {
  const page: { toPinyin?: typeof toPinyin } = await import(`data:text/javascript,${encodeURIComponent(tableModule(tableOf(words)))}`)
  for (const word of words) expect(page.toPinyin?.(word), word).toEqual(toPinyin(word))
})
