import { expect, test } from 'vitest'
import { Link, type LinkState } from './link.ts'

class FakeSocket {
  readyState = 0
  readonly written: string[] = []
  onmessage: ((event: { readonly data: string }) => void) | null = null
  onclose: ((event: { readonly code: number }) => void) | null = null

  send(text: string): void {
    if (this.readyState !== 1) throw new Error('written to a socket that is not open')
    this.written.push(text)
  }

  close(): void {
    this.readyState = 2
  }

  hear(message: object): void {
    this.readyState = 1
    this.onmessage?.({ data: JSON.stringify(message) })
  }
}

function linked() {
  const sockets: FakeSocket[] = []
  const states: LinkState[] = []
  const late: (() => void)[] = []
  const link = new Link(
    'ws://127.0.0.1/live',
    {
      open: () => {
        const socket = new FakeSocket()
        sockets.push(socket)
        // A link uses these four members of a socket only.
        return socket as unknown as WebSocket
      },
      later: (act) => {
        late.push(act)
        return () => {}
      },
      random: () => 0.5,
      signedOut: () => {},
    },
    { onState: (state) => states.push(state), onMessage: () => {} },
  )
  return { link, sockets, states, late }
}

test('nothing is written to a socket that is closing, and the sender learns that it did not go', () => {
  const { link, sockets, states, late } = linked()
  const [first] = sockets
  first?.hear({ kind: 'hello' })
  expect(link.send({ kind: 'here' })).toBe(true)
  if (first !== undefined) first.readyState = 2
  expect(link.send({ kind: 'change' })).toBe(false)
  expect(first?.written).toEqual(['{"kind":"here"}'])
  first?.onclose?.({ code: 1006 })
  expect(states).toEqual(['live', 'away'])
  late.at(-1)?.()
  sockets[1]?.hear({ kind: 'hello' })
  expect(link.send({ kind: 'change' })).toBe(true)
  expect(sockets[1]?.written).toEqual(['{"kind":"change"}'])
})

test('without a network nothing is tried until it is back', () => {
  const { link, sockets, states, late } = linked()
  sockets[0]?.hear({ kind: 'hello' })
  link.drop()
  expect(states).toEqual(['live', 'away'])
  expect(late).toEqual([])
  expect(link.failures).toBe(0)
  link.hurry()
  expect(sockets).toHaveLength(2)
  sockets[1]?.hear({ kind: 'hello' })
  expect(link.state).toBe('live')
  sockets[1]?.onclose?.({ code: 1006 })
  expect(late).toHaveLength(1)
})
