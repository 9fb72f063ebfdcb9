import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { httpLimits } from '../http/limits.ts'
import { type Listener, openListener } from './listener.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A real connection whose other side reads only when the test says so. */
async function listening(): Promise<{
  readonly listener: Listener
  readonly socket: ServerResponse
  readonly screen: Socket
  readonly left: Promise<void>
}> {
  let leave = () => {}
  const left = new Promise<void>((done) => {
    leave = done
  })
  return new Promise((resolve) => {
    const server = createServer((_request, socket) => {
      socket.writeHead(200, { 'content-type': 'text/event-stream' })
      const listener = openListener({
        socket,
        owner: 'user:u1',
        filter: () => true,
        sight: {} as never,
        stillMay: () => true,
        onClose: leave,
      })
      resolve({ listener, socket, screen, left })
    })
    let screen: Socket
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      screen = connect(port, '127.0.0.1', () => screen.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'))
      screen.pause()
      closers.push(() => {
        screen.destroy()
        server.close()
      })
    })
  })
}

const entry = { id: 'b-1', item: { kind: 'topic', topic: 'flows', data: {} } } as never

/** Far more than the system takes over for a connection that is not read. */
function flood(listener: Listener): void {
  for (let count = 0; count < 500; count += 1) listener.take(entry, () => 'x'.repeat(64 * 1024))
}

test('a screen that reads nothing holds a bounded part of our memory, and is cut off after a whole beat', async () => {
  const { listener, socket, left } = await listening()
  flood(listener)
  expect(socket.writableLength).toBeLessThan(httpLimits.streamBytesMax + 128 * 1024)
  listener.beat()
  expect(socket.destroyed).toBe(false)
  listener.beat()
  expect(socket.destroyed).toBe(true)
  await left
})

test('a screen that reads on in time is told to read anew, and stays', async () => {
  const { listener, socket, screen } = await listening()
  flood(listener)
  listener.beat()
  let got = ''
  screen.on('data', (part) => {
    got = (got + part.toString()).slice(-100)
  })
  screen.resume()
  await expect.poll(() => got, { timeout: 10_000 }).toContain('event: reset')
  listener.beat()
  listener.beat()
  expect(socket.destroyed).toBe(false)
})
