import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { assertSafeBind } from './public-bind.ts'
import { editDistance, suggest } from './suggest.ts'

const token = 'x'.repeat(32)

function mistakes(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    const { code, details } = error as { code: string; details: readonly { message: string }[] }
    expect(code).toBe('SLU_CONFIG_INVALID')
    return details.map(({ message }) => message)
  }
}

describe('settings', () => {
  test('have the defaults of the contract', () => {
    expect(readConfig({})).toMatchObject({
      port: 4400,
      host: '127.0.0.1',
      log: 'info',
      adminToken: null,
      demo: null,
      model: null,
      tls: null,
      trustProxy: [],
    })
    expect(readConfig({}).data).toMatch(/\/data$/)
  })

  test.each([
    ['SLUICE_PROT', 'SLUICE_PORT'],
    ['SLUICE_ADMINTOKEN', 'SLUICE_ADMIN_TOKEN'],
    ['SLUICE_DATABSE_URL', 'SLUICE_DATABASE_URL'],
    ['SLUICE_Log', 'SLUICE_LOG'],
    ['SLUICE_prot', 'SLUICE_PORT'],
    ['sluice_data', 'SLUICE_DATA'],
  ])('a misspelt %s stops the start and suggests %s', (wrong, right) => {
    expect(mistakes({ [wrong]: '1' })).toEqual([`${wrong} is no setting of Sluice; did you mean ${right}?`])
  })

  test('a name that resembles nothing is refused without a guess', () => {
    expect(mistakes({ SLUICE_COMPLETELY_DIFFERENT_THING: '1' })).toEqual(['SLUICE_COMPLETELY_DIFFERENT_THING is no setting of Sluice'])
  })

  test('other people’s variables do not matter', () => {
    expect(mistakes({ PATH: '/bin', SLUICEBOX: '1' })).toEqual([])
  })

  test('all mistakes are told at once', () => {
    expect(mistakes({ SLUICE_PORT: 'http', SLUICE_LOG: 'loud', SLUICE_DEMO: 'maybe' })).toHaveLength(3)
  })

  test.each([
    [{ SLUICE_PORT: '70000' }],
    [{ SLUICE_PORT: '-1' }],
    [{ SLUICE_ADMIN_TOKEN: 'short' }],
    [{ SLUICE_MODEL_URL: 'ftp://x', SLUICE_MODEL: 'm' }],
    [{ SLUICE_MODEL_URL: 'https://x/v1' }],
    [{ SLUICE_MODEL_KEY: 'k' }],
    [{ SLUICE_PUBLIC_URL: 'sluice.example.com' }],
    [{ SLUICE_PUBLIC_URL: 'https://sluice.example.com/path' }],
    [{ SLUICE_TRUST_PROXY: 'everyone' }],
    [{ SLUICE_TLS_CERT: '/nowhere/cert.pem', SLUICE_TLS_KEY: '/nowhere/key.pem' }],
    [{ SLUICE_TLS_CERT: '/nowhere/cert.pem' }],
    [{ SLUICE_ALLOW_HOSTS: 'https://api.example.com/path' }],
    [{ SLUICE_DATABASE_URL: 'postgres://db/sluice' }],
  ])('%o is refused', (environment) => {
    expect(mistakes(environment as Record<string, string>)).toHaveLength(1)
  })

  test('an admin token of 32 characters is enough and is never part of a message', () => {
    expect(readConfig({ SLUICE_ADMIN_TOKEN: token }).adminToken).toBe(token)
    expect(mistakes({ SLUICE_ADMIN_TOKEN: 'hunter2-is-my-secret' }).join()).not.toContain('hunter2')
  })

  test('secrets are named in lower case', () => {
    expect([...readConfig({ SLUICE_SECRET_CRM_KEY: 'v' }).secrets]).toEqual([['crm_key', 'v']])
  })
})

describe('a public address', () => {
  const open = { host: '0.0.0.0', tls: null, trustProxy: [], adminToken: null } as const
  const tls = { cert: 'c', key: 'k' }

  test.each([
    ['nobody can sign in', { ...open, tls }, false],
    ['nothing is encrypted', { ...open }, true],
    ['neither', { ...open, host: '192.168.1.7' }, false],
  ])('is refused while %s', (_name, config, hasAdmin) => {
    expect(() => assertSafeBind(config, hasAdmin)).toThrowError(expect.objectContaining({ code: 'SLU_PUBLIC_BIND_REFUSED' }))
  })

  test.each([
    ['TLS and an admin', { ...open, tls }, true],
    ['a trusted proxy and an admin token', { ...open, trustProxy: ['10.0.0.1'], adminToken: token }, false],
    ['an address of this machine only', { ...open, host: '127.0.0.1' }, false],
    ['the same in IPv6', { ...open, host: '::1' }, false],
  ])('is fine with %s', (_name, config, hasAdmin) => {
    expect(() => assertSafeBind(config, hasAdmin)).not.toThrow()
  })
})

test('the distance counts a swap of neighbours as one', () => {
  expect([editDistance('port', 'prot'), editDistance('port', 'ports'), editDistance('port', 'post'), editDistance('', 'abc')]).toEqual([
    1, 1, 1, 3,
  ])
  expect(suggest('zzzzzzzz', ['start', 'verify'])).toBeNull()
})
