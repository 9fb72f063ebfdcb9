import { storageDriver } from '@sluice/engine/testing'
import { hostConformance } from '@sluice/engine/testing/host-conformance'
import { engineTables } from '@sluice/engine/worker'
import { openTestDatabase } from './test-database.ts'

hostConformance('sqlite host', (flows) => {
  const database = openTestDatabase(engineTables)
  return storageDriver(database.store, flows, database.close)
})
