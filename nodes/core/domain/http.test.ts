import { expect, test } from 'vitest'
import { headersFor } from './connection.ts'
import { hostOf, httpRequestOf, readBody } from './http.ts'

test.each([
  ['https://API.example.com:8443/v1?x=1', 'api.example.com'],
  ['http://[2001:db8::1]:80/', '[2001:db8::1]'],
])('%s goes to %s', (url, host) => {
  expect(hostOf(url)).toBe(host)
})

test.each([
  'ftp://example.com',
  'file:///etc/passwd',
  'https://',
  'https://user@evil.example',
  'https://a b/',
  'https://evil\\@good.example/',
  'example.com',
])('%s is no address we call', (url) => {
  expect(hostOf(url)).toBeNull()
})

test('a body that is no text goes as JSON', () => {
  const request = httpRequestOf({ method: 'POST', url: 'https://a.example', body: { a: 1 } })
  expect(request).toMatchObject({ body: '{"a":1}', headers: { 'content-type': 'application/json' } })
})

test('headers of the transport and line breaks are not taken from a flow', () => {
  const headers = { Host: 'evil', 'X-Note': 'a\r\nx: b', 'Idempotency-Key': 'mine', 'bad name': '1' }
  expect(httpRequestOf({ method: 'GET', url: 'https://a.example', headers })?.headers).toEqual({ 'x-note': 'a  x: b' })
})

test('an answer is JSON only when it says so and is', () => {
  expect(readBody('{"a":1}', 'application/json; charset=utf-8')).toEqual({ a: 1 })
  expect(readBody('{"a":1}', 'application/problem+json')).toEqual({ a: 1 })
  expect(readBody('{"a":1}', 'text/plain')).toBe('{"a":1}')
  expect(readBody('{"a":', 'application/json')).toBe('{"a":')
})

const secret = (name: string) =>
  name === 'crm' ? '{"hosts":["api.example.com","*.eu.example.com"],"headers":{"authorization":"Bearer x"}}' : null

test('credentials go to the hosts they are bound to', () => {
  expect(headersFor('CRM', 'https://api.example.com/v1', secret)).toEqual({ authorization: 'Bearer x' })
  expect(headersFor('crm', 'https://one.eu.example.com/', secret)).toEqual({ authorization: 'Bearer x' })
})

test.each(['https://evil.example/', 'https://eu.example.com/', 'https://api.example.com.evil.example/', 'https://xeu.example.com/'])(
  'and not to %s',
  (url) => {
    expect(headersFor('crm', url, secret)).toBeNull()
  },
)

test('an unknown or broken connection gives nothing', () => {
  expect(headersFor('erp', 'https://api.example.com/', secret)).toBeNull()
  expect(headersFor('crm', 'https://api.example.com/', () => 'Bearer x')).toBeNull()
  expect(headersFor(null, 'https://api.example.com/', secret)).toEqual({})
})
