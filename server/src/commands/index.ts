import { packServers } from '@sluice/nodes/server'
import { definePackServer } from '@sluice/sdk/server'
import { addComment, deleteComment, editComment, replyComment, settleComment } from './comments.ts'
import { demoCommands } from './demo.ts'
import { createFolder, deleteFolder, placeFlow, renameFolder } from './flow-folders.ts'
import { nameFlows } from './flow-names.ts'
import { activateFlow, deleteFlow, forgetFlows, publishFlow, recountFlow, saveFlow } from './flows.ts'
import { rotateHook } from './hooks.ts'
import { keepAnswer, runOnce } from './idempotency.ts'
import { readNotices } from './notices.ts'
import {
  actInBulk,
  dismissLetter,
  moveRun,
  pauseFlow,
  previewBulk,
  previewMove,
  previewRerun,
  redeliverLetter,
  rerunRun,
  resumeFlow,
  skipStep,
} from './operate.ts'
import { findPeople, namedPerson } from './people.ts'
import { countPush, forgetPush, keepPushKeys, setPush, subscribePush } from './push.ts'
import { noteRefusal, revealValue } from './reveal.ts'
import { cancelRun, retryRun, startRun } from './runs.ts'
import { closeSession, openSession, rotateSession } from './sessions.ts'
import { setSetting } from './settings.ts'
import { serverTables } from './tables.ts'
import { installTemplate, publishTemplate, retireTemplate, upgradeCopy } from './templates.ts'
import { createToken, revokeToken } from './tokens.ts'
import { completeSetup, createUser, updateUser } from './users.ts'

/** What the server itself writes: people, sessions, tokens, flows, runs. In the shape of a pack, so that it is loaded like one. */
export const platformServer = definePackServer({
  id: 'platform',
  tables: serverTables,
  commands: {
    'setup.complete': completeSetup,
    'users.create': createUser,
    'users.update': updateUser,
    'people.find': findPeople,
    'people.named': namedPerson,
    'sessions.open': openSession,
    'sessions.rotate': rotateSession,
    'sessions.close': closeSession,
    'tokens.create': createToken,
    'tokens.revoke': revokeToken,
    'idempotency.once': runOnce,
    'idempotency.answer': keepAnswer,
    'settings.set': setSetting,
    'flow.save': saveFlow,
    'flow.recount': recountFlow,
    'flow.name-all': nameFlows,
    'flow.delete': deleteFlow,
    'flow.place': placeFlow,
    'flow-folder.create': createFolder,
    'flow-folder.rename': renameFolder,
    'flow-folder.delete': deleteFolder,
    'comment.add': addComment,
    'comment.reply': replyComment,
    'comment.edit': editComment,
    'comment.settle': settleComment,
    'comment.delete': deleteComment,
    'notices.read': readNotices,
    'push.keep-keys': keepPushKeys,
    'push.set': setPush,
    'push.subscribe': subscribePush,
    'push.forget': forgetPush,
    'push.count': countPush,
    'flow.forget': forgetFlows,
    'flow.publish': publishFlow,
    'flow.activate': activateFlow,
    'template.publish': publishTemplate,
    'template.retire': retireTemplate,
    'template.install': installTemplate,
    'template.upgrade': upgradeCopy,
    'runs.start': startRun,
    'data.reveal': revealValue,
    'data.reveal-refused': noteRefusal,
    'runs.cancel': cancelRun,
    'runs.retry': retryRun,
    'runs.preview-rerun': previewRerun,
    'runs.rerun': rerunRun,
    'runs.skip': skipStep,
    'runs.preview-move': previewMove,
    'runs.move': moveRun,
    'runs.preview-bulk': previewBulk,
    'runs.bulk': actInBulk,
    'flow.pause': pauseFlow,
    'flow.resume': resumeFlow,
    'letters.redeliver': redeliverLetter,
    'letters.dismiss': dismissLetter,
    'hooks.rotate': rotateHook,
    ...demoCommands(() => packServers),
  },
})
