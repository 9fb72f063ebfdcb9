import { create } from 'zustand'

export interface ToastMessage {
  readonly id: number
  readonly tone: 'ok' | 'error' | 'info'
  readonly title: string
  readonly detail?: string | undefined
  /** One way to go on, for example Undo. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
}

const shownMax = 4
let next = 1

export const useToasts = create<{ readonly items: readonly ToastMessage[] }>(() => ({ items: [] }))

/** A short notice in the corner; errors stay until they are closed. */
export function toast(message: Omit<ToastMessage, 'id'>): number {
  const id = next
  next += 1
  useToasts.setState((state) => ({ items: [...state.items, { ...message, id }].slice(-shownMax) }))
  return id
}

export function dismissToast(id: number): void {
  useToasts.setState((state) => ({ items: state.items.filter((item) => item.id !== id) }))
}
