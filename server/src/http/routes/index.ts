import type { Door } from '../../door.ts'
import type { ServerRoute } from '../route.ts'
import { auditRoutes } from './audit.ts'
import { deadLetterRoutes } from './dead-letters.ts'
import { errorWordRoutes } from './error-words.ts'
import { eventRoutes } from './events.ts'
import { flowActivityRoutes } from './flow-activity.ts'
import { flowCommentRoutes } from './flow-comments.ts'
import { flowFolderRoutes } from './flow-folders.ts'
import { flowNameRoutes } from './flow-names.ts'
import { flowPauseRoutes } from './flow-pause.ts'
import { flowRunRoutes } from './flow-runs.ts'
import { flowSimulateRoutes } from './flow-simulate.ts'
import { flowVersionRoutes } from './flow-versions.ts'
import { flowRoutes } from './flows.ts'
import { hookRoutes } from './hooks.ts'
import { incidentRoutes } from './incidents.ts'
import { nodeTypeRoutes } from './node-types.ts'
import { noticeRoutes } from './notices.ts'
import { policyRoutes } from './policies.ts'
import { pushRoutes } from './push.ts'
import { retentionRoutes } from './retention.ts'
import { revealRoutes } from './reveal.ts'
import { runBulkRoutes } from './run-bulk.ts'
import { runOperationRoutes } from './run-operations.ts'
import { runRoutes } from './runs.ts'
import { secretNameRoutes } from './secret-names.ts'
import { sessionRoutes } from './session.ts'
import { systemRoutes } from './system.ts'
import { templateRoutes } from './templates.ts'
import { tokenRoutes } from './tokens.ts'
import { userRoutes } from './users.ts'

/** Every route of the server itself, in the order of the API description. */
export function serverRoutes(door: Door): readonly ServerRoute[] {
  return [
    ...sessionRoutes(door),
    ...flowRoutes(door),
    ...flowFolderRoutes(door),
    ...flowNameRoutes(door),
    ...secretNameRoutes(door),
    ...flowVersionRoutes(door),
    ...flowCommentRoutes(door),
    ...noticeRoutes(door),
    ...pushRoutes(door),
    ...flowPauseRoutes(door),
    ...flowSimulateRoutes(door),
    ...templateRoutes(door),
    ...flowRunRoutes(door),
    ...flowActivityRoutes(door),
    ...hookRoutes(door),
    ...runRoutes(door),
    ...revealRoutes(door),
    ...runOperationRoutes(door),
    ...runBulkRoutes(door),
    ...incidentRoutes(door),
    ...deadLetterRoutes(door),
    ...eventRoutes(door),
    ...nodeTypeRoutes(door),
    ...errorWordRoutes(),
    ...auditRoutes(door),
    ...policyRoutes(door),
    ...userRoutes(door),
    ...tokenRoutes(door),
    ...retentionRoutes(door),
    ...systemRoutes(door),
  ]
}
