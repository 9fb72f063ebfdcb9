import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { startServer } from './helpers/start.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const folder = mkdtempSync(join(tmpdir(), 'sluice-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function sluice(args: readonly string[], environment: Record<string, string> = {}, input = '') {
  const env = { PATH: process.env.PATH ?? '', LANG: 'en_US.UTF-8', SLUICE_DATA: join(folder, 'data'), ...environment }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'server/dist/cli.js'), ...args], {
    env,
    input,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const flow = {
  format: 'sluice/flow@1',
  key: 'quote',
  name: 'Quote',
  nodes: [
    { id: 'asked', type: 'core.event', config: { type: 'com.example.quote' } },
    { id: 'later', type: 'core.wait', config: { for: 'PT1H' } },
    { id: 'ask', type: 'approvals.task', config: { title: 'Approve?', assignee: 'role:director' } },
    { id: 'yes', type: 'core.stop', config: { output: '{% event.data.amount %}' } },
    { id: 'no', type: 'core.fail', config: { code: 'REJECTED', message: 'Rejected' } },
  ],
  edges: [
    { from: 'asked.out', to: 'later.in' },
    { from: 'later.out', to: 'ask.in' },
    { from: 'ask.approve', to: 'yes.in' },
    { from: 'ask.reject', to: 'no.in' },
  ],
}

test('whoever reads the output may stop reading', () => {
  const cli = `${process.execPath} ${join(root, 'server/dist/cli.js')}`
  const path = file('read.flow.json', flow)
  const { stderr } = spawnSync('/bin/sh', ['-c', `(sleep 1; ${cli} diff ${path} ${path}) | true`], { encoding: 'utf8' })
  expect(stderr).toBe('')
})

describe('help', () => {
  test('comes in the shell’s language', () => {
    expect(sluice(['--help']).stdout).toContain('Starts the server')
    expect(sluice(['--help'], { LANG: 'zh_CN.UTF-8' }).stdout).toContain('启动服务')
    expect(sluice(['start', '--help']).stdout).toContain('SLUICE_PORT')
  })

  test('suggests what was meant', () => {
    const { status, stderr } = sluice(['veryfi'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('did you mean verify?')])
    expect(sluice(['validate', '--fromat', 'sarif', 'x']).stderr).toContain('did you mean --format?')
  })

  test('without a command is a mistake', () => {
    expect(sluice([]).status).toBe(2)
  })

  test('names the commands that begin with a word, and the version', () => {
    const { status, stderr } = sluice(['new'])
    expect([status, stderr]).toEqual([2, expect.stringMatching(/new node[\s\S]*new pack/)])
    expect(stderr).not.toContain('backup')
    expect(sluice(['user', '--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('user add') })
    expect(sluice(['--version'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })
})

describe('validate', () => {
  test('says nothing is wrong with 0 and names what is with 1', () => {
    expect(sluice(['validate', file('good.flow.json', flow)]).status).toBe(0)
    const { status, stdout } = sluice(['validate', file('bad.flow.json', '{\n  "format": "sluice/flow@1",\n  "key": "No Spaces"\n}')])
    expect(status).toBe(1)
    expect(stdout).toContain('3:')
    expect(stdout).toContain('/key')
  })

  test('speaks SARIF to code review tools', () => {
    const { status, stdout } = sluice(['validate', '--format', 'sarif', file('bad2.flow.json', '{"format":"sluice/flow@1"}')])
    const { version, runs } = JSON.parse(stdout)
    expect([status, version]).toEqual([1, '2.1.0'])
    expect(runs[0].results[0]).toMatchObject({ level: 'error', locations: [{ physicalLocation: { region: { startLine: 1 } } }] })
    expect(runs[0].tool.driver.rules[runs[0].results[0].ruleIndex].id).toBe(runs[0].results[0].ruleId)
  })

  test('of a file that is not there is a mistake in the call', () => {
    expect(sluice(['validate', join(folder, 'nowhere.json')]).status).toBe(2)
  })

  test('mistakes are told in the language of the shell', () => {
    const zh = { LANG: 'zh_CN.UTF-8' }
    expect(sluice(['validate', join(folder, 'nowhere.json')], zh).stderr).toContain('无法读取')
    expect(sluice(['validate', '--formt', 'sarif'], zh).stderr).toContain('是否想用 --format?')
    const { status, stderr } = sluice(['start'], { ...zh, SLUICE_PROT: '1' })
    expect(status).toBe(1)
    expect(stderr).toMatch(/SLU_CONFIG_INVALID:配置有误\n.*SLUICE_PORT/)
    expect(sluice(['start'], { SLUICE_PROT: '1' }).stderr).toBe(
      'SLU_CONFIG_INVALID: SLUICE_PROT is no setting of Sluice; did you mean SLUICE_PORT?\n',
    )
  })
})

describe('run and test', () => {
  test('run shows where a flow stands, in memory', () => {
    const { status, stdout } = sluice(['run', file('quote.flow.json', flow), '--event', '{"type":"com.example.quote","data":{"amount":5}}'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ state: 'waiting', waits: [{ node: 'later', waitsFor: 'timer' }] })
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  test('run says why a flow stands still', () => {
    const doubles = {
      format: 'sluice/flow@1',
      key: 'doubles',
      name: 'Doubles',
      nodes: [
        { id: 'start', type: 'core.manual' },
        { id: 'twice', type: 'core.transform', config: { value: '{% input.a * 2 %}' } },
      ],
      edges: [{ from: 'start.out', to: 'twice.in' }],
    }
    const { status, stdout } = sluice(['run', file('doubles.flow.json', doubles), '--input', '{"a":"x"}'])
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ state: 'incident', error: { code: 'SLU_EXPRESSION_FAILED', node: 'twice' } })
  })

  test('data is read as the server reads a body: a name that stands twice is refused with its place', () => {
    const path = file('quote.flow.json', flow)
    const twice = '{"type":"com.example.quote","data":{"id":12345678901234567890,"amount":5,"amount":6}}'
    const tests = file('twice.flow-test.json', `{"flow":"quote.flow.json","tests":[{"name":"a","event":${twice}}]}`)
    for (const args of [
      ['run', path, '--event', twice],
      ['run', path, '--input', twice],
      ['simulate', path, '--event', twice],
      ['test', tests],
    ]) {
      const { status, stderr } = sluice(args)
      expect([status, stderr], args[0]).toEqual([2, expect.stringMatching(/\/data\/amount stands there twice/)])
    }
    // The other tests run all that lie in the folder.
    rmSync(tests)
  })

  test('flow tests pass and fail as they should', () => {
    file('quote.flow.json', flow)
    const event = { type: 'com.example.quote', data: { amount: 5 } }
    const tests = [
      {
        name: 'a director who approves',
        event,
        advance: 'PT1H',
        answers: { ask: { action: 'approve' } },
        expect: { state: 'succeeded', output: 5, passed: ['yes'], notPassed: ['no'] },
      },
      {
        name: 'a director who rejects',
        event,
        advance: 'PT1H',
        answers: { ask: { action: 'reject' } },
        expect: { state: 'failed', error: 'REJECTED' },
      },
      { name: 'an hour that has not passed', event, expect: { state: 'waiting' } },
      { name: 'an event of another kind', event: { type: 'com.example.other' }, expect: { starts: false } },
    ]
    const path = file('quote.flow-test.json', { flow: './quote.flow.json', tests })
    const passed = sluice(['test', path])
    expect([passed.status, passed.stdout]).toEqual([0, expect.stringContaining('4 passed, 0 failed')])
    file('quote.flow-test.json', { flow: './quote.flow.json', tests: [{ ...tests[0], expect: { output: 6 } }] })
    const failed = sluice(['test', folder])
    expect([failed.status, failed.stdout]).toEqual([1, expect.stringContaining('output: 6 expected, 5 found')])
  })

  test('a misspelt field of a flow test is named', () => {
    const path = file('typo.flow-test.json', { flow: './quote.flow.json', tests: [{ name: 'x', expects: {} }] })
    expect(sluice(['test', path]).stderr).toMatch(/\/tests\/0\/expects?/)
    rmSync(path)
  })
})

describe('data', () => {
  test('users and tokens are made, verified, backed up and restored', () => {
    const added = sluice(['user', 'add', '--email', 'a@example.com', '--role', 'admin'])
    expect([added.status, added.stdout]).toEqual([0, expect.stringMatching(/a@example\.com {2}(\w{4}-){3}\w{4}\n$/)])
    expect(sluice(['token', 'create', '--name', 'CI', '--role', 'sender']).stdout).toMatch(/^slu_[\w-]{43}\n$/)
    expect(sluice(['verify']).stdout).toMatch(/✓ journal[\s\S]*✓ audit/)
    const to = join(folder, 'backup')
    expect(sluice(['backup', to]).status).toBe(0)
    expect(statSync(join(to, 'sluice.db')).mode & 0o077).toBe(0)
    expect(readdirSync(to).sort()).toEqual(['keys', 'manifest.json', 'sluice.db'])
    expect(sluice(['backup', to])).toMatchObject({ status: 1, stderr: expect.stringContaining('SLU_BACKUP_TARGET') })
    const other = { SLUICE_DATA: join(folder, 'other') }
    expect(sluice(['restore', to], other).status).toBe(0)
    expect(sluice(['user', 'add', '--email', 'a@example.com', '--role', 'rep'], other).stderr).toContain('SLU_USER_EXISTS')
  })

  test('a backup of damaged data says so, and what it leaves is whole but for the damage', () => {
    const rotten = { SLUICE_DATA: join(folder, 'rotten') }
    expect(sluice(['user', 'add', '--email', 'a@example.com', '--role', 'admin'], rotten).status).toBe(0)
    const db = new Database(join(rotten.SLUICE_DATA, 'sluice.db'))
    db.exec("UPDATE pack_users SET name = 'Somebody else'")
    db.close()
    const to = join(folder, 'of-rotten')
    const { status, stderr } = sluice(['backup', to], rotten)
    expect([status, stderr]).toEqual([1, expect.stringMatching(/SLU_DATA_DAMAGED: .*\(rows\): pack_users row .*of-rotten/)])
    expect(sluice(['backup', `${to}-zh`], { ...rotten, LANG: 'zh_CN.UTF-8' }).stderr).toContain('中的副本同样已损坏')
    expect(readdirSync(to).sort()).toEqual(['keys', 'manifest.json', 'sluice.db'])
    expect(sluice(['restore', to], { SLUICE_DATA: join(folder, 'new') }).stderr).toContain('SLU_BACKUP_DAMAGED')
  })

  test('a weak password and an unknown role are refused', () => {
    expect(sluice(['user', 'add', '--email', 'b@example.com', '--role', 'rep', '--password-stdin'], {}, 'short\n').stderr).toContain(
      'SLU_PASSWORD_WEAK',
    )
    expect(sluice(['user', 'add', '--email', 'b@example.com', '--role', 'root']).stderr).toContain('SLU_ROLE_UNKNOWN')
  })

  test('verify and backup of nothing say so', () => {
    const nothing = { SLUICE_DATA: join(folder, 'nothing') }
    expect(sluice(['verify'], nothing).status).toBe(1)
    expect(sluice(['backup', join(folder, 'b2')], nothing).stderr).toContain('SLU_DATA_MISSING')
  })

  test('beside a running server, backup and verify work and the rest says who holds the data', async () => {
    const server = await startServer()
    const environment = { SLUICE_DATA: server.data }
    expect(sluice(['verify'], environment).status).toBe(0)
    expect(sluice(['backup', join(folder, 'beside')], environment).status).toBe(0)
    expect(sluice(['token', 'create', '--name', 'x', '--role', 'sender'], environment).stderr).toContain('SLU_DATA_LOCKED')
    await server.stop()
  })

  test('a misspelt setting stops everything', () => {
    expect(sluice(['verify'], { SLUICE_DTA: 'x' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('did you mean SLUICE_DATA?'),
    })
  })

  test('schema prints what /schemas/flow.json gives', () => {
    expect(JSON.parse(sluice(['schema']).stdout)).toMatchObject({ $id: '/schemas/flow.json' })
  })
})

test('start with the demo prints a way in that works, and stops when told', async () => {
  const { spawn } = await import('node:child_process')
  const data = join(folder, 'demo')
  const env = { PATH: process.env.PATH ?? '', LANG: 'en', SLUICE_DATA: data, SLUICE_PORT: '0', SLUICE_LOG: 'error' }
  const child = spawn(process.execPath, [join(root, 'server/dist/cli.js'), 'start'], { env })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  for (let tries = 0; tries < 400 && !said.includes('demo-sign-in.txt'); tries++) await new Promise((wait) => setTimeout(wait, 50))
  const url = /ready: {2}(\S+)/.exec(said)?.[1] ?? said
  const [, email, password] = /admin +(\S+@\S+) +(\S+)/.exec(said) ?? []
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  expect(answer.status).toBe(200)
  const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const ask = async (path: string, method = 'GET') => fetch(`${url}/api/v1${path}`, { method, headers: { cookie } })
  expect(statSync(join(data, 'demo-sign-in.txt')).mode & 0o077).toBe(0)
  expect(readFileSync(join(data, 'demo-sign-in.txt'), 'utf8')).toContain(password)
  const items = async (path: string) => ((await (await ask(path)).json()) as { items: unknown[] }).items
  // The demo tells its days one after the other, in its first seconds.
  const shown = ['/flows', '/runs', '/customers', '/tasks', '/alerts', '/messages', '/withdrawals']
  for (let tries = 0; tries < 200 && (await items('/withdrawals')).length === 0; tries++) await new Promise((wait) => setTimeout(wait, 50))
  for (const path of shown) expect(`${path} ${(await items(path)).length > 0}`).toBe(`${path} true`)

  expect((await ask('/demo', 'DELETE')).status).toBe(204)
  for (const path of ['/flows', '/customers', '/tasks', '/alerts', '/messages'])
    expect(`${path} ${(await items(path)).length}`).toBe(`${path} 0`)
  expect(await (await ask('/session')).json()).toMatchObject({ workspace: { demo: false } })
  expect(((await (await ask('/users')).json()) as { items: unknown[] }).items).toHaveLength(1)

  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

describe('new', () => {
  const at = (...parts: string[]) => join(folder, 'sources', 'nodes', ...parts)
  const made = (...args: string[]) => {
    mkdirSync(at(), { recursive: true })
    writeFileSync(at('catalogue.ts'), '')
    const env = { PATH: process.env.PATH ?? '', LANG: 'en_US.UTF-8' }
    return spawnSync(process.execPath, [join(root, 'server/dist/cli.js'), 'new', ...args], {
      env,
      encoding: 'utf8',
      cwd: join(folder, 'sources'),
    })
  }

  test('writes a pack with a step and its test, then another step, and nothing over what is there', () => {
    expect(made('pack', 'loyalty')).toMatchObject({ status: 0, stdout: expect.stringContaining('import loyaltyPack') })
    expect(readFileSync(at('loyalty', 'nodes', 'add-note.ts'), 'utf8')).toContain("type: 'loyalty.add-note'")
    expect(made('node', 'loyalty.give-points').status).toBe(0)
    expect(readFileSync(at('loyalty', 'nodes', 'give-points.test.ts'), 'utf8')).toContain("import { givePoints } from './give-points.ts'")
    expect(made('node', 'loyalty.give-points')).toMatchObject({ status: 2, stderr: expect.stringContaining('exists already') })
    expect(made('pack', 'loyalty').status).toBe(2)
  })

  test('takes no name that would climb out of its place or is no name', () => {
    for (const name of ['../evil', 'a/b', 'Loyal', 'x..y', '-a', 'a'.repeat(41)]) expect(made('pack', name).status).toBe(2)
    expect(made('node', 'missing.step')).toMatchObject({ status: 2, stderr: expect.stringContaining('sluice new pack missing') })
    expect(existsSync(join(folder, 'evil'))).toBe(false)
  })
})

describe('trying and comparing', () => {
  test('simulate prints the timeline of a scene: two hours and a person pass in a moment', () => {
    const event = { type: 'com.example.quote', subject: 'c-1', data: { amount: 5 } }
    const scene = file('scene.json', {
      events: [event],
      answers: { ask: { action: 'approve', after: 'PT30M' } },
      startAt: '2026-03-01T00:00:00Z',
    })
    const { status, stdout, stderr } = sluice(['simulate', file('quote.flow.json', flow), '--with', scene])
    expect([status, stderr]).toEqual([0, ''])
    const shown = JSON.parse(stdout)
    expect(shown.runs).toMatchObject([{ state: 'succeeded', output: 5 }])
    expect(shown.endedAt).toBe('2026-03-01T01:30:00.000Z')
    expect(sluice(['simulate', file('quote.flow.json', flow), '--event', '{"type":7}']).status).toBe(2)
    expect(sluice(['simulate', file('quote.flow.json', flow)]).status).toBe(2)
  })

  test('simulate starts a flow by hand that is started so, without being told', () => {
    const nodes = [{ id: 'start', type: 'core.manual' }, ...flow.nodes.filter(({ id }) => id === 'later')]
    const byHand = { ...flow, nodes, edges: [{ from: 'start.out', to: 'later.in' }] }
    const { status, stdout } = sluice(['simulate', file('by-hand.flow.json', byHand)])
    expect([status, JSON.parse(stdout).runs]).toMatchObject([0, [{ state: 'succeeded' }]])
  })

  test('diff names what was added, removed and changed, and tells by its exit code whether the behaviour differs', () => {
    const moved = { ...flow, nodes: flow.nodes.map((node) => ({ ...node, at: [40, 40] })) }
    const changed = { ...flow, nodes: flow.nodes.map((node) => (node.id === 'later' ? { ...node, config: { for: 'PT2H' } } : node)) }
    const a = file('a.flow.json', flow)
    expect(sluice(['diff', a, file('b.flow.json', moved)]).status).toBe(0)
    const { status, stdout } = sluice(['diff', a, file('c.flow.json', changed)])
    expect([status, stdout.trim()]).toEqual([1, '~ later/config/for: "PT1H" → "PT2H"'])
    expect(sluice(['diff', a, file('none.json', '{')]).status).toBe(2)
    expect(sluice(['diff', a]).status).toBe(2)
  })

  test('replay reads the data beside a running server, says k of n, and writes nothing', async () => {
    const server = await startServer()
    const listening = {
      format: 'sluice/flow@1',
      key: 'replayed',
      name: 'Replayed',
      nodes: [
        { id: 'start', type: 'core.event', config: { type: 'com.example.replayed' } },
        { id: 'sum', type: 'core.transform', config: { value: '{% event.data.n + 1 %}' } },
      ],
      edges: [{ from: 'start.out', to: 'sum.in' }],
    }
    await server.ask('PUT', '/api/v1/flows/replayed', listening)
    await server.ask('POST', '/api/v1/flows/replayed/publish')
    await server.ask('POST', '/api/v1/events', {
      specversion: '1.0',
      id: 'r-1',
      source: '/t',
      type: 'com.example.replayed',
      data: { n: 1 },
    })
    const environment = { SLUICE_DATA: server.data }
    const same = sluice(['replay', file('same.flow.json', listening)], environment)
    expect([same.status, same.stdout.trim()]).toEqual([0, '1 of 1 replayed, 0 would have been different'])
    const nodes = listening.nodes.map((node) => (node.id === 'sum' ? { ...node, config: { value: '{% event.data.n + 2 %}' } } : node))
    const other = sluice(['replay', file('other.flow.json', { ...listening, nodes })], environment)
    expect([other.status, other.stdout]).toEqual([1, expect.stringContaining('1 would have been different')])
  })
})
