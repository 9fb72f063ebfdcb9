import { nodeTypes } from '@sluice/nodes'
import { expect, test } from 'vitest'
import { describedSteps } from './describe.ts'

const known = [...nodeTypes.values()].map((item) => ({
  item: item.type,
  names: typeof item.label === 'string' ? [item.label] : [item.label.en, item.label['zh-CN']],
  keywords: item.keywords ?? [],
  begins: item.category === 'trigger',
}))

test.each([
  ['when a customer withdraws consent, mask the fields, alert the rep', ['consent.changed', 'masking.mask-fields', 'notify.rep']],
  ['When a customer withdraws consent mask the fields and alert the rep', ['consent.changed', 'masking.mask-fields', 'notify.rep']],
  [
    'every day load the customer record, then wait 2 days, then send an sms',
    ['core.schedule', 'crm.get-customer', 'core.wait', 'notify.customer'],
  ],
  ['客户撤回授权时，屏蔽数据，提醒销售，等待两天', ['consent.changed', 'masking.mask-fields', 'notify.rep', 'core.wait']],
  // What quick add and the dialog of a new flow give as their example.
  ['when consent changes, mask the fields, alert the rep', ['consent.changed', 'masking.mask-fields', 'notify.rep']],
  ['授权变更时，脱敏字段，提醒销售', ['consent.changed', 'masking.mask-fields', 'notify.rep']],
  ['when a complaint arrives, alert the rep', ['core.event', 'notify.rep']],
  ['收到投诉时，提醒销售', ['core.event', 'notify.rep']],
  ['ＷＡＩＴ, then ask for approval', ['core.wait', 'approvals.task']],
])('“%s” is these steps in a row', (text, steps) => {
  expect(describedSteps(known, text)).toEqual(steps)
})

test.each(['', '   ', 'hello there, how are you', ',,,→→', '__proto__, constructor', '👩‍👩‍👧, 🏳️‍🌈'])('“%s” is nothing', (text) => {
  expect(describedSteps(known, text)).toEqual([])
})
