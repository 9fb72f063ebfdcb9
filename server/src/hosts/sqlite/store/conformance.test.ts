import { storeConformance } from '@sluice/engine/testing/conformance'
import { openTestDatabase } from '../test-database.ts'

storeConformance('sqlite', (tables) => openTestDatabase(tables))
