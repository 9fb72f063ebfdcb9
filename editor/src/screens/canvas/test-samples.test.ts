import { templates } from '@sluice/flows/templates'
import { expect, test } from 'vitest'
import { catalogue } from '../../canvas/catalogue.ts'
import { fromFile } from '../../doc/index.ts'
import { startsOf } from './test-samples.ts'

test.each(templates)('the shipped flow $key has something to begin with, which a first visit plays', (flow) => {
  for (const { data } of startsOf(fromFile(flow), catalogue)) expect(data).not.toEqual({})
})
