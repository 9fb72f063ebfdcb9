import { type ReactNode, useRef } from 'react'
import { Button } from './Button.tsx'

/** Chooses one file from the disk. */
export function FileButton({
  accept,
  onChoose,
  children,
}: {
  readonly accept: readonly string[]
  readonly onChoose: (file: File) => void
  readonly children: ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button onPress={() => input.current?.click()}>{children}</Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept.join(',')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          // The same file may be chosen again after it was mended.
          event.currentTarget.value = ''
          if (file !== undefined) onChoose(file)
        }}
      />
    </>
  )
}
