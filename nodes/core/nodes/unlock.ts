import { defineNode, output, words } from '@sluice/sdk'
import { Type } from 'typebox'

/** The end of a critical section: leaves the nearest lock this line stands in. */
export const unlock = defineNode({
  type: 'core.unlock',
  version: 1,
  label: words('Unlock', '解锁'),
  summary: words('Leaves the lock before it; the next in line goes on.', '离开前面的锁，让排队的下一个继续。'),
  keywords: ['release', 'critical section', 'mutex', 'leave', '释放', '临界区', '互斥', '离开'],
  category: 'flow',
  silhouette: 'action',
  icon: 'lock-open',
  config: Type.Object({}, { additionalProperties: false }),
  ports: [{ name: 'out', label: words('Unlocked', '已解锁') }],
  effect: 'none',
  labels: { gives: 'input' },
  behaviour: 'unlock',
  sentence: (_, language) => (language === 'en' ? 'Lets the next in line go on' : '让排队的下一个继续'),
  run: ({ input }) => output(input),
})
