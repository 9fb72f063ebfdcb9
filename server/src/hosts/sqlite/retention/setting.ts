import type { RecordsReader, TableDefinition } from '@sluice/engine/worker'
import { settings } from '../../../commands/tables.ts'
import { type Retention, retentionDefault, retentionSetting } from './limits.ts'

/** Reads what the workspace set, anew each time; a part that was never set is the default. */
export function readRetention(
  records: Pick<RecordsReader, 'find'>,
  // biome-ignore lint/suspicious/noExplicitAny: tables of different rows share no row type.
  tables: readonly TableDefinition<any>[],
): () => Retention {
  // A host without the platform's tables keeps to the defaults.
  if (!tables.includes(settings)) return () => retentionDefault
  return () => ({ ...retentionDefault, ...(records.find(settings, { name: retentionSetting })?.value as Partial<Retention> | undefined) })
}
