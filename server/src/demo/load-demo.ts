import type { RecordsReader } from '@sluice/engine/worker'
import { fillTemplate, writeFlow } from '@sluice/flows'
import { templates, templateVersion } from '@sluice/flows/templates'
import { systemStart } from '../auth/caller.ts'
import { hashPassword } from '../auth/password.ts'
import { newPassword } from '../auth/secret-text.ts'
import type { LoadDemo } from '../commands/demo.ts'
import { drafts, settings, users } from '../commands/tables.ts'
import type { Config } from '../config/config.ts'
import { isLoopback } from '../config/public-bind.ts'
import { type Parts, resultOf } from '../door.ts'
import { checkFlow } from '../flows/check-flow.ts'
import { etagOf } from '../flows/etag.ts'
import { freshSecrets } from '../http/routes/flow-versions.ts'
import { demoFolders } from './folders.ts'
import { demoPeople } from './people.ts'
import { type DemoSignIn, writeSignIns } from './sign-in-file.ts'

/** Only into an empty workspace; without being told, only where nobody but this machine can reach it. */
export function wantsDemo({ demo, host, adminToken }: Config, records: RecordsReader): boolean {
  const empty = records.count(users) === 0 && records.count(drafts) === 0 && records.count(settings) === 0
  return empty && (demo ?? (isLoopback(host) && adminToken === null))
}

/** The whole demo in one command, so that it is there or not there. */
export async function loadDemo(parts: Parts, language: 'en' | 'zh-CN'): Promise<readonly DemoSignIn[]> {
  const people = demoPeople.map((person) => ({ ...person, password: newPassword() }))
  const hashes = await Promise.all(people.map(({ password }) => hashPassword(password)))
  const demo: LoadDemo = {
    language,
    users: people.map(({ name, email, role, rep = null }, index) => ({
      name: name[language],
      email,
      roles: [role],
      rep,
      passwordHash: hashes[index] ?? '',
      language,
      grantor: null,
    })),
    folders: demoFolders.map(({ name, flows }) => ({ name: name[language], flows })),
    flows: demoFlows(parts),
  }
  const signIns = people.map(({ name, email, password, role }) => ({ name: name[language], email, password, role }))
  // Before the command: a password nobody can read would lock the demo.
  writeSignIns(parts.config.data, signIns)
  resultOf(await parts.engine.execute({ kind: 'command', name: 'demo.load', payload: demo, actor: { kind: 'system', id: systemStart } }))
  return signIns
}

function demoFlows(parts: Parts): LoadDemo['flows'] {
  const nodeTypes = new Map(parts.packs.flatMap((pack) => pack.nodes.map((node) => [node.type, node] as const)))
  return templates.map((template) => {
    // As somebody would install it: it asks nothing, and later versions of the template can follow.
    const filled = fillTemplate(template, {})
    if (!filled.ok) throw new Error(`The demo cannot answer what ${template.key} asks`)
    const { flow, values: answers } = filled
    const { compiled, problems } = checkFlow(flow, { nodeTypes, secrets: parts.config.secrets })
    const file = writeFlow(flow)
    const etag = etagOf(file)
    const errors = problems.filter(({ severity }) => severity === 'error').length
    const save = { key: flow.key, file, etag, problems: errors, ifMatch: null, demo: true }
    const publish = compiled === null ? null : { key: flow.key, etag, compiled, note: '', hooks: freshSecrets(parts, flow) }
    const copy = { flow: flow.key, template: template.key, version: templateVersion(template.key), base: file, answers }
    return { save, copy, publish }
  })
}
