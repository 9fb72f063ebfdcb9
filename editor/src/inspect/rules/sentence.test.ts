import { expect, test } from 'vitest'
import { fromExpression } from './from-expression.ts'
import { sentence } from './sentence.ts'

test.each([
  [
    'input.amount > 1000 and (input.tier in ["gold", "silver"] or input.vip = true)',
    'amount is more than 1000 and (tier is one of “gold”, “silver” or vip is yes)',
    '“amount”大于 1000，且（“tier”是“gold”、“silver”之一，或“vip”为“是”）',
  ],
  [
    '$not($contains(event.data.text, "价格") or nodes.mask.mobile = null)',
    'none of these holds: text contains “价格”; nodes › mask › mobile is nothing',
    '以下都不成立：“text”包含“价格”；“nodes › mask › mobile”等于空值',
  ],
  ['((input.a >= 1) and (input.a <= 5))', 'a is from 1 to 5', '“a”在 1 到 5 之间'],
  ['input.`full name` = input.other', 'full name is other', '“full name”等于“other”'],
  ['true', 'always', '始终成立'],
])('%s reads as a sentence in both languages', (text, en, zh) => {
  const rule = fromExpression(text)
  if (rule === null) throw new Error('no rule')
  expect(sentence(rule, 'en')).toBe(en)
  expect(sentence(rule, 'zh-CN')).toBe(zh)
})
