import { flowLimits } from '@sluice/flows'
import { expect, test } from 'vitest'
import { nameCharsMax, noteCharsMax } from './text-limits.ts'

test('fields of the canvas take exactly what a flow file takes', () => {
  expect({ nameCharsMax, noteCharsMax }).toMatchObject({ nameCharsMax: flowLimits.nameCharsMax, noteCharsMax: flowLimits.noteCharsMax })
})
