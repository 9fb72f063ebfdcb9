import { expect, test } from 'vitest'
import { wholeItem } from '../api/journal.ts'
import type { JournalItem } from '../api/shapes.ts'
import { placeOf, rememberSeals } from './seal-places.ts'

test('a seal that a reason may open knows its place in the journal, a frozen one does not', () => {
  const mobile = { $masked: 'policy' }
  const frozen = { $masked: 'frozen' }
  const inEvent = { $masked: 'policy' }
  const sent = {
    seq: 7,
    at: '',
    kind: 'run.started',
    node: 'on',
    port: null,
    data: { 'a/b~c': [{ mobile }], frozen },
    why: null,
    entry: { kind: 'run.started', event: { data: { inEvent } } },
  } as unknown as JournalItem
  rememberSeals('r-1', [wholeItem(sent)])
  expect(placeOf(mobile)).toEqual({ run: 'r-1', seq: 7, path: '/data/a~1b~0c/0/mobile' })
  expect(placeOf(inEvent)).toEqual({ run: 'r-1', seq: 7, path: '/entry/event/data/inEvent' })
  expect([placeOf(frozen), placeOf({ $masked: 'policy' })]).toEqual([null, null])
})
