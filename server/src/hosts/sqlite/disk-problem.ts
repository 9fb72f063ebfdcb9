/** What the disk and the file system answer, in our words: which file it is about, and what to do. */

import { words } from '@sluice/sdk'
import { problem, type SluiceProblem } from '@sluice/sdk/server'

const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE'])
const unusable =
  /^(EACCES|EPERM|EROFS|EISDIR|ENOTDIR|EEXIST|ENOENT|ELOOP|ENAMETOOLONG|EXDEV|SQLITE_CANTOPEN.*|SQLITE_READONLY.*|SQLITE_PERM|SQLITE_AUTH)$/

/** Null: not about the disk. */
export function diskProblem(error: unknown): SluiceProblem | null {
  const { code, path, message } = (error ?? {}) as { code?: unknown; path?: unknown; message?: unknown }
  if (typeof code !== 'string') return null
  if (full.has(code)) {
    return problem(
      'SLU_DISK_FULL',
      503,
      words('The disk is full. Nothing was changed; free some space and try again.', '磁盘已满，未作任何更改。请释放空间后重试。'),
    )
  }
  if (!unusable.test(code)) return null
  const place = typeof path === 'string' ? path : String(message)
  return problem(
    'SLU_DATA_UNUSABLE',
    500,
    words(
      `${place} cannot be used (${code}). Give it to the user the server runs as, or choose another folder.`,
      `无法使用 ${place}(${code})。请授予服务进程的用户访问权限，或更换文件夹。`,
    ),
  )
}
