/** The default host: one process, one SQLite file, durable before it answers. */
export { backup, proveBackup, restore } from './backup.ts'
export { type EngineClient, type EngineClientStats, type OpenEngineOptions, openEngine } from './engine-client.ts'
export type {
  AuditFilter,
  AuditProof,
  AuditView,
  EngineReader,
  JournalItem,
  OutsideView,
  Page,
  PublishedVersion,
  RunCounts,
  RunFilter,
  RunView,
  RunWait,
  StoredEvent,
} from './reader/index.ts'
export type { Watched } from './thread/protocol.ts'
export { type Finding, type VerifyReport, verifyDatabase } from './verify/index.ts'
