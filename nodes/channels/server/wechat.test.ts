import { createCipheriv, createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSafeMode } from './decrypt.ts'
import { readFields } from './message.ts'
import { isSigned } from './signature.ts'

const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

/** Seals as the platform does, written from its documentation and not from our own code. */
function seal(message: string, appId: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const text = Buffer.from(message, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  const plain = Buffer.concat([Buffer.from('0123456789abcdef'), length, text, Buffer.from(appId)])
  const padding = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])), cipher.final()]).toString('base64')
}

test('a push signed with the app’s token is believed, any other is not', () => {
  const signature = createHash('sha1').update(['1772420399', 'n0nce', 'tok3n'].sort().join('')).digest('hex')
  expect(isSigned(signature, ['tok3n', '1772420399', 'n0nce'])).toBe(true)
  expect(isSigned(signature, ['other', '1772420399', 'n0nce'])).toBe(false)
  expect(isSigned(undefined, ['tok3n', '1772420399', 'n0nce'])).toBe(false)
  expect(isSigned(`${signature}0`, ['tok3n', '1772420399', 'n0nce'])).toBe(false)
})

test('safe mode opens what the platform sealed, Chinese included', () => {
  expect(openSafeMode(seal('<xml>授权撤回</xml>', 'wx13aa'), aesKey, 'wx13aa')).toBe('<xml>授权撤回</xml>')
})

test('safe mode refuses another receiver, a damaged body and rubbish', () => {
  const sealed = seal('<xml/>', 'wx13aa')
  const damaged = Buffer.from(sealed, 'base64')
  damaged[20] = (damaged[20] ?? 0) ^ 1
  for (const [body, app] of [
    [sealed, 'wx-other'],
    [damaged.toString('base64'), 'wx13aa'],
    ['AAAA', 'wx13aa'],
    ['', 'wx13aa'],
  ] as const)
    expect(() => openSafeMode(body, aesKey, app)).toThrow(/cannot be opened/)
})

test('XML and JSON give the same fields, long ids stay text', () => {
  const fields = { Event: 'user_authorization_revoke', OpenID: '00123', CreateTime: '1772420399' }
  expect({
    ...readFields(
      '<xml><Event><![CDATA[user_authorization_revoke]]></Event><OpenID><![CDATA[00123]]></OpenID><CreateTime>1772420399</CreateTime></xml>',
    ),
  }).toEqual(fields)
  expect({ ...readFields('{"Event":"user_authorization_revoke","OpenID":"00123","CreateTime":1772420399}') }).toEqual(fields)
})

test('document types, entities, lists, broken markup and a name that stands twice are refused', () => {
  const hostile = [
    '<!DOCTYPE x [<!ENTITY a "b">]><xml><a>&a;</a></xml>',
    '[1,2]',
    '<xml><a></xml>',
    '',
    'null',
    '{"MsgId":23456789012345678,"a":1,"a":2}',
    'x'.repeat(70_000),
  ]
  for (const text of hostile) expect(() => readFields(text)).toThrow(/neither the documented/)
})
