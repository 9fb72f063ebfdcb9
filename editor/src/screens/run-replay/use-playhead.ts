import { useEffect, useState } from 'react'
import { isLandmark, type Timeline } from '../../run/timeline.ts'

export const speeds = [1, 4, 16] as const
export type Speed = (typeof speeds)[number]

/** One stop per second at 1×: slow enough to read what lights up. */
const stopMs = 1_000

export interface Playhead {
  /** Index into the timeline's stops. */
  readonly stop: number
  readonly playing: boolean
  readonly speed: Speed
  /** Follows a run that still goes on. */
  readonly atEnd: boolean
  to(stop: number): void
  by(stops: number): void
  /** The next or previous person or error. */
  toLandmark(direction: 1 | -1): void
  toggle(): void
  /** From this stop on. */
  playFrom(stop: number): void
  setSpeed(speed: Speed): void
}

/** Where in the run we are. At the end it stays there while more comes in. */
export function usePlayhead(
  line: Timeline,
  wish: number | null,
  onMove: (stop: number | null) => void,
  pausesAt: (stop: number) => boolean = never,
): Playhead {
  const last = Math.max(0, line.stops.length - 1)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>(1)
  const stop = wish === null ? last : Math.min(Math.max(0, wish), last)
  const to = (target: number) => {
    const bounded = Math.min(Math.max(0, target), last)
    onMove(bounded === last ? null : bounded)
  }
  useEffect(() => {
    if (!playing) return
    if (stop >= last) {
      setPlaying(false)
      return
    }
    const timer = setTimeout(() => {
      onMove(stop + 1 === last ? null : stop + 1)
      if (pausesAt(stop + 1)) setPlaying(false)
    }, stopMs / speed)
    return () => clearTimeout(timer)
  }, [playing, stop, last, speed, onMove, pausesAt])
  return {
    stop,
    playing,
    speed,
    atEnd: stop === last,
    to,
    by: (stops) => {
      setPlaying(false)
      to(stop + stops)
    },
    toLandmark: (direction) => {
      setPlaying(false)
      for (let at = stop + direction; at >= 0 && at <= last; at += direction) {
        const entry = line.entries[line.stops[at] ?? -1]
        if (entry !== undefined && isLandmark(entry)) return to(at)
      }
      to(direction === 1 ? last : 0)
    },
    toggle: () => {
      if (!playing && stop === last) onMove(0)
      setPlaying(!playing)
    },
    playFrom: (from) => {
      onMove(from)
      setPlaying(true)
    },
    setSpeed,
  }
}

function never(): boolean {
  return false
}
