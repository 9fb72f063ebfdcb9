import { storeConformance } from '../store.conformance.ts'
import { memoryStore } from './store.ts'

storeConformance('memory', () => ({ store: memoryStore(), close: () => {} }))
