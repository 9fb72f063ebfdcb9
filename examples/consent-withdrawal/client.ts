/** What the story says to the server: plain HTTP, as any program would. */
export interface Client {
  get<Answer>(path: string): Promise<Answer>
  send<Answer>(method: 'POST' | 'PUT', path: string, body: unknown, contentType?: string): Promise<Answer>
}

export function httpClient(url: string, token: string): Client {
  async function ask<Answer>(method: string, path: string, body: string | undefined, contentType: string): Promise<Answer> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': contentType }) },
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path.split('?')[0]} answered ${response.status}: ${text.slice(0, 400)}`)
    return (response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text) as Answer
  }
  return {
    get: (path) => ask('GET', path, undefined, ''),
    send: (method, path, body, contentType = 'application/json') =>
      ask(method, path, typeof body === 'string' ? body : JSON.stringify(body), contentType),
  }
}

/** Works through a list with a few hands at a time. */
export async function inParallel<Item>(
  items: readonly Item[],
  hands: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: hands }, async () => {
      for (let index = next++; index < items.length; index = next++) await work(items[index] as Item, index)
    }),
  )
}
