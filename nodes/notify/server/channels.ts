import { problem, type WriteContext } from '@sluice/sdk/server'
import { type ChannelRow, channels } from '../domain/tables.ts'

/** Command `notify.connect { channel, url, secret }`. */
export function connectChannel(
  context: WriteContext,
  ask: { readonly channel: string; readonly url: string; readonly secret: string | null },
): ChannelRow {
  if (!/^https:\/\/[^\s/?#@]+([/?#]\S*)?$/i.test(ask.url))
    throw problem('SLU_CHANNEL_URL', 422, 'The address is no https address', [{ path: '/url', message: 'https://…' }])
  const row: ChannelRow = { ...ask, updatedAt: context.now }
  context.records.upsert(channels, row)
  context.audit('channel.connected', { channel: ask.channel })
  return row
}

/** Command `notify.disconnect { channel }`. Messages go on being recorded. */
export function disconnectChannel(context: WriteContext, { channel }: { readonly channel: string }): void {
  if (context.records.delete(channels, { channel }) === 0) throw problem('SLU_CHANNEL_UNKNOWN', 404, `No channel ${channel}`)
  context.audit('channel.disconnected', { channel })
}
