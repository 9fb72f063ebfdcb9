import { definePack, words } from '@sluice/sdk'
import { errors } from './errors.ts'
import { branch } from './nodes/branch.ts'
import { call } from './nodes/call.ts'
import { code } from './nodes/code.ts'
import { decision } from './nodes/decision.ts'
import { event } from './nodes/event.ts'
import { fail } from './nodes/fail.ts'
import { forEach } from './nodes/for-each.ts'
import { httpRequest } from './nodes/http-request.ts'
import { join } from './nodes/join.ts'
import { lock } from './nodes/lock.ts'
import { manual } from './nodes/manual.ts'
import { milestone } from './nodes/milestone.ts'
import { race } from './nodes/race.ts'
import { schedule } from './nodes/schedule.ts'
import { stop } from './nodes/stop.ts'
import { switchNode } from './nodes/switch.ts'
import { transform } from './nodes/transform.ts'
import { unlock } from './nodes/unlock.ts'
import { wait } from './nodes/wait.ts'
import { waitEvent } from './nodes/wait-event.ts'
import { webhook } from './nodes/webhook.ts'

export { answersWithOutput } from './nodes/webhook.ts'

/** Triggers, decisions, waits and calls: what every flow is made of. */
export const corePack = definePack({
  id: 'core',
  label: words('Basics', '基础'),
  requires: [],
  nodes: [
    event,
    manual,
    webhook,
    schedule,
    branch,
    switchNode,
    decision,
    join,
    race,
    forEach,
    wait,
    waitEvent,
    transform,
    code,
    lock,
    unlock,
    milestone,
    httpRequest,
    call,
    stop,
    fail,
  ],
  errors,
})
