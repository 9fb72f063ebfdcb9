import { storeConformance } from '@sluice/engine/testing'
import { openTestDatabase } from '../test-database.ts'

storeConformance('sqlite', (tables) => openTestDatabase(tables))
