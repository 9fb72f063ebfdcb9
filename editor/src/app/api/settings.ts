import { queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { ApiToken, Channel, Page, RetentionView, Role, User, WechatApp } from './shapes.ts'

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: ({ signal }) => api.get<Page<Role>>('/roles', undefined, signal),
  staleTime: 600_000,
})

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => api.get<Page<User>>('/users', undefined, signal),
})

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => api.get<Page<ApiToken>>('/tokens', undefined, signal),
})

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => api.get<Page<Channel>>('/settings/channels', undefined, signal),
})

export const wechatAppsQuery = queryOptions({
  queryKey: ['channels', 'wechat'],
  queryFn: ({ signal }) => api.get<Page<WechatApp>>('/channels/wechat', undefined, signal),
})

export const retentionQuery = queryOptions({
  queryKey: ['settings', 'retention'],
  queryFn: ({ signal }) => api.get<RetentionView>('/settings/retention', undefined, signal),
})

export interface UserInput {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly roles: readonly string[]
  readonly rep: string | null
  readonly language?: 'en' | 'zh-CN'
}

export const createUser = (user: UserInput) => api.post<User>('/users', user)
export const changeUser = ({ id, ...change }: Partial<Omit<UserInput, 'email'>> & { readonly id: string; readonly active?: boolean }) =>
  api.patch<User>(`/users/${id}`, change)

export const createToken = (input: { readonly name: string; readonly roles: readonly string[]; readonly expiresInDays?: number }) =>
  api.post<ApiToken & { readonly token: string }>('/tokens', input)
export const revokeToken = (id: string) => api.delete<void>(`/tokens/${id}`)

export const connectChannel = ({ channel, ...body }: { readonly channel: string; readonly url: string; readonly secret: string | null }) =>
  api.put<Channel>(`/settings/channels/${encodeURIComponent(channel)}`, body)
export const disconnectChannel = (channel: string) => api.delete<void>(`/settings/channels/${encodeURIComponent(channel)}`)

export interface WechatInput {
  readonly appId: string
  readonly name: string
  readonly token: string
  readonly encodingAesKey: string | null
}
export const connectWechat = ({ appId, ...body }: WechatInput) => api.put<WechatApp>(`/channels/wechat/${encodeURIComponent(appId)}`, body)
export const disconnectWechat = (appId: string) => api.delete<void>(`/channels/wechat/${encodeURIComponent(appId)}`)

export const changePassword = (body: { readonly current: string; readonly password: string }) => api.put<void>('/session/password', body)
export const setRetention = (body: Pick<RetentionView, 'runDays' | 'runsMax'>) => api.put<void>('/settings/retention', body)
export const removeDemo = () => api.delete<void>('/demo')
