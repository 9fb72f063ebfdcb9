import { expect, test } from 'vitest'
import { kindOfAddress } from './address-guard.ts'

const inside = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.1.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::808:808',
  '2002:7f00:1::',
  '2002:808:808::1',
  '0:0:0:0:0:ffff:a00:1',
  '[::1]',
]
test.each(inside)('%s is not public', (address) => {
  expect(kindOfAddress(address)).toBe('private')
})

test.each([
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  'fd00:ec2::254',
  '2002:a9fe:a9fe::',
])('%s, where clouds hand out credentials, is reachable for no one', (address) => {
  expect(kindOfAddress(address)).toBe('forbidden')
})

test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2400:3200::1'])('%s is public', (address) => {
  expect(kindOfAddress(address)).toBe('public')
})

test.each(['', 'localhost', '1.2.3', '0x7f.1', '1.2.3.4.5', ':::'])('%s is no address and goes nowhere', (text) => {
  expect(kindOfAddress(text)).toBe('forbidden')
})
