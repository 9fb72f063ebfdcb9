import type { Permission } from '@sluice/sdk/server'

/**
 * The permission of every route of the server itself. Packs' routes bring theirs in their definition and are added at the start.
 * A route that is not in here stops the start (policy/guard-routes.ts), so nothing is ever open by oversight.
 * Every GET also answers HEAD under the same row.
 */
export const routeTable: { readonly [route: string]: Permission } = {
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /api/v1/health/live': 'public',
  'GET /api/v1/health/ready': 'public',
  'GET /metrics': 'system.operate',
  'GET /openapi.json': 'public',
  'GET /schemas/flow.json': 'public',
  'GET /problems/:code': 'public',

  'GET /api/v1/setup': 'public',
  'POST /api/v1/setup': 'public',
  'GET /api/v1/session': 'self',
  'POST /api/v1/session': 'public',
  'DELETE /api/v1/session': 'public',
  'PUT /api/v1/session/password': 'self',
  'PUT /api/v1/session/language': 'self',
  'PUT /api/v1/session/first-run': 'self',

  'POST /api/v1/events': 'events.write',
  'POST /api/v1/hooks/:flow/:node': 'public',

  'GET /api/v1/flows': 'flows.read',
  'GET /api/v1/flow-names': 'runs.own',
  'GET /api/v1/secret-names': 'flows.write',
  'GET /api/v1/flows/:key': 'flows.read',
  'PUT /api/v1/flows/:key': 'flows.write',
  'DELETE /api/v1/flows/:key': 'flows.publish',
  'GET /api/v1/flows/:key/status': 'flows.read',
  // Changes sent over it need flows.write, asked with each of them (live/peer.ts).
  'GET /api/v1/flows/:key/live': 'flows.read',
  'POST /api/v1/flows/:key/validate': 'flows.read',
  'POST /api/v1/flows/:key/simulate': 'flows.write',
  'POST /api/v1/flows/:key/replay': 'flows.publish',
  'POST /api/v1/flows/:key/publish': 'flows.publish',
  'GET /api/v1/flows/:key/versions': 'flows.read',
  'GET /api/v1/flows/:key/versions/:version': 'flows.read',
  'POST /api/v1/flows/:key/versions/:version/activate': 'flows.publish',
  'POST /api/v1/flows/:key/deactivate': 'flows.publish',
  'POST /api/v1/flows/:key/pause': 'runs.act',
  'POST /api/v1/flows/:key/resume': 'runs.act',
  'POST /api/v1/flows/:key/runs': 'runs.start',
  'GET /api/v1/flows/:key/hooks': 'flows.publish',
  'POST /api/v1/flows/:key/hooks/:node/rotate': 'flows.publish',

  'GET /api/v1/flows/:key/comments': 'flows.read',
  'POST /api/v1/flows/:key/comments': 'flows.comment',
  'POST /api/v1/flows/:key/comments/:id/replies': 'flows.comment',
  'PATCH /api/v1/flows/:key/comments/:id': 'flows.comment',
  'DELETE /api/v1/flows/:key/comments/:id': 'flows.comment',

  'GET /api/v1/notices': 'self',
  'POST /api/v1/notices/read': 'self',

  'GET /api/v1/push': 'self',
  'POST /api/v1/push/subscriptions': 'tasks.read',
  'DELETE /api/v1/push/subscriptions/:id': 'self',
  'GET /api/v1/settings/push': 'settings.read',
  'PUT /api/v1/settings/push': 'settings.write',

  'GET /api/v1/templates': 'flows.read',
  'PUT /api/v1/templates/:key': 'settings.write',
  'DELETE /api/v1/templates/:key': 'settings.write',
  'POST /api/v1/templates/:key/install': 'flows.write',
  'GET /api/v1/flows/:key/template': 'flows.read',
  'GET /api/v1/flows/:key/activity': 'runs.read',
  'POST /api/v1/flows/:key/template/upgrade': 'flows.write',

  // Without runs.read: those about the customers one knows.
  'GET /api/v1/runs': 'runs.own',
  'GET /api/v1/runs/:id': 'runs.own',
  'GET /api/v1/runs/:id/flow': 'runs.own',
  'GET /api/v1/runs/:id/journal': 'runs.own',
  'POST /api/v1/runs/:id/reveal': 'data.reveal',
  'POST /api/v1/runs/:id/cancel': 'runs.act',
  'POST /api/v1/runs/:id/retry': 'runs.act',
  'POST /api/v1/runs/:id/rerun-from/:node': 'runs.act',
  'POST /api/v1/runs/:id/skip': 'runs.act',
  'POST /api/v1/runs/:id/move': 'runs.act',
  'POST /api/v1/runs/bulk': 'runs.act',
  'GET /api/v1/runs/histogram': 'runs.own',
  'GET /api/v1/incidents': 'runs.read',
  'GET /api/v1/dead-letters': 'runs.read',
  'POST /api/v1/dead-letters/:id/redeliver': 'runs.act',
  'POST /api/v1/dead-letters/:id/dismiss': 'runs.act',
  'GET /api/v1/events/samples': 'runs.read',
  'GET /api/v1/stream': 'self',

  'GET /api/v1/node-types': 'flows.read',
  'GET /api/v1/node-types/used': 'flows.read',
  'GET /api/v1/errors': 'self',
  'GET /api/v1/audit': 'audit.read',
  'GET /api/v1/audit/verify': 'audit.read',
  'GET /api/v1/audit/proof/:seq': 'audit.read',

  'GET /api/v1/roles': 'self',
  'GET /api/v1/users': 'users.manage',
  'GET /api/v1/people': 'tasks.read',
  'POST /api/v1/users': 'users.manage',
  'PATCH /api/v1/users/:id': 'users.manage',
  'GET /api/v1/tokens': 'tokens.manage',
  'POST /api/v1/tokens': 'tokens.manage',
  'DELETE /api/v1/tokens/:id': 'tokens.manage',
  'GET /api/v1/settings/retention': 'settings.read',
  'PUT /api/v1/settings/retention': 'settings.write',
  'DELETE /api/v1/demo': 'settings.write',

  // The editor's files: a page, scripts and fonts, no data.
  'GET /': 'public',
  'GET /*': 'public',
}
