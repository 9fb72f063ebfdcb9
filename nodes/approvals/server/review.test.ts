import { callRoute, testCaller } from '@sluice/sdk/testing'
import { describe, expect, test } from 'vitest'
import { review } from '../nodes/review.ts'
import { approvalsServer } from './index.ts'
import { admin, asking, director } from './testing/case.ts'

const reviewer = testCaller('u-reviewer', ['analyst'])
const config = { content: { rating: 'A' }, reviewer: 'role:analyst', author: 'user:u-ai-owner' }
const ways = ['approved', 'rejected', 'expired', 'unreviewed']
const asked = (more: object = {}) => asking('approvals.review', { ...config, ...more }, ways)
const wayOut = (outputs: object) => Object.keys(outputs).filter((node) => node.startsWith('to-'))

describe('dual-track review', () => {
  test('an ordinary customer’s proposal meets one person', async () => {
    const { it, run, openOf, answer } = asked({ highValue: false })
    await answer(openOf('role:analyst'), 'approved', reviewer)
    expect(wayOut(it.run(run).outputs)).toEqual(['to-approved'])
  })

  test('a high-value customer’s goes to the director as well, who sees the first signature', async () => {
    const { it, run, openOf, answer, read } = asked({ highValue: '{% input.amount >= 5 %}' })
    await answer(openOf('role:analyst'), 'approved', reviewer)
    expect(it.run(run).status).toBe('waiting')
    expect(await read(openOf('role:director').id, director)).toMatchObject({ earlier: [{ by: 'u-reviewer' }] })
    await answer(openOf('role:director'), 'approved', director)
    expect(wayOut(it.run(run).outputs)).toEqual(['to-approved'])
  })

  test('the two are two people, even when one has both roles', async () => {
    const both = testCaller('u-both', ['analyst', 'director'])
    const { openOf, answer } = asked({ highValue: true })
    await answer(openOf('role:analyst'), 'approved', both)
    await expect(answer(openOf('role:director'), 'approved', both)).rejects.toMatchObject({ code: 'SLU_TASK_TWICE' })
  })

  test('silence is no approval', () => {
    const { it, run } = asked({ due: 'PT4H' })
    it.advance(4 * 3_600_000)
    expect(wayOut(it.run(run).outputs)).toEqual(['to-expired'])
  })

  test('the switch holds in every flow from the next review on', async () => {
    const { it, openOf, answer } = asked({ highValue: true })
    const flip = (name: string, on: boolean) => callRoute(it, approvalsServer, `PUT /approvals/switches/${name}`, admin, { body: { on } })
    await flip('dual-track', false)
    expect((await callRoute(it, approvalsServer, 'GET /approvals/switches', admin)).body.items).toMatchObject([
      { name: 'dual-track', on: false, by: 'u-admin' },
    ])
    const [run = ''] = it.send('go', { amount: 5 })
    await answer(openOf('role:analyst'), 'approved', reviewer)
    await answer(openOf('role:analyst'), 'approved', reviewer)
    expect(it.run(run).status).toBe('succeeded')
    await expect(flip('other', true)).rejects.toMatchObject({ code: 'SLU_SWITCH_UNKNOWN', status: 404 })
  })

  test('a share of nothing leaves by its own way out, never as approved', () => {
    const { it, run } = asked({ share: 0 })
    expect(wayOut(it.run(run).outputs)).toEqual(['to-unreviewed'])
  })

  test.each([
    ['money', { share: 0, amount: '{% input.amount %}' }],
    ['a high-value customer', { share: 0, highValue: true }],
  ])('%s is never left to chance', (_name, more) => {
    expect(asked(more).open()).toHaveLength(1)
  })

  test('a sample of money is a problem before the flow is published', () => {
    expect(review.check?.({ ...config, share: 0.5, amount: '{% input.amount %}' })).toMatchObject([{ code: 'SLU_REVIEW_SAMPLED_MONEY' }])
    expect(review.check?.({ ...config, share: 1, amount: 5 })).toEqual([])
  })
})
