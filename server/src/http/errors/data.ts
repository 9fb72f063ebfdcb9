import { defineCatalogue, row } from './define.ts'

const verify = ['Run sluice verify; restore a backup if it finds damage', '请运行 sluice verify；如有损坏请恢复备份'] as const
const fault = ['This is a fault of ours; report it', '这是程序缺陷，请反馈'] as const

/** What the data on disk can answer. */
export const dataErrors = defineCatalogue({
  SLU_DATA_LOCKED: row(
    503,
    ['The data folder is in use', '数据文件夹正在使用'],
    ['Stop the other process, or choose another folder', '请停止其他进程或更换文件夹'],
  ),
  SLU_DATA_UNUSABLE: row(
    500,
    ['The data folder cannot be used', '无法使用该数据文件夹'],
    ['Choose a folder that the server may write, with SLUICE_DATA', '请用 SLUICE_DATA 指定服务器可写的文件夹'],
  ),
  SLU_DATA_NEWER: row(500, ['The data was written by a newer version', '数据由较新版本写入'], ['Start that version', '请启动该版本']),
  SLU_DATA_FOREIGN: row(
    500,
    ['This database is not one of ours', '该数据库不属于 Sluice'],
    ['Choose another folder with SLUICE_DATA', '请用 SLUICE_DATA 指定其他文件夹'],
  ),
  SLU_DATA_DAMAGED: row(500, ['The database is damaged', '数据库已损坏'], verify),
  SLU_DATA_PRAGMA: row(500, ['The database does not keep its settings', '数据库未保持其设置'], verify),
  SLU_DATA_MIGRATION_CHANGED: row(
    500,
    ['A released migration was changed', '已发布的迁移被修改'],
    ['Start the version that wrote the data', '请启动写入该数据的版本'],
  ),
  SLU_DISK_FULL: row(
    503,
    ['The disk is full', '磁盘已满'],
    ['Make room; nothing acknowledged is lost', '请释放空间；已确认的内容不会丢失'],
    false,
  ),
  SLU_TRANSACTION_LOST: row(500, ['The transaction was rolled back by the disk', '事务被磁盘回滚'], ['Send it again', '请重新发送'], false),
  SLU_RECORD_EXISTS: row(409, ['This exists already', '该记录已存在'], ['Change the existing one', '请修改已有记录']),
  SLU_RECORD_INVALID: row(500, ['A record does not fit its table', '记录与表不符'], fault),
  SLU_RECORD_COLUMN_UNKNOWN: row(500, ['A record names an unknown column', '记录含有未知列'], fault),
  SLU_TABLE_KEY: row(500, ['A table’s key is wrong', '表的主键有误'], fault),
  SLU_TABLE_NAME: row(500, ['A table’s name is not allowed', '表名不合法'], fault),
  SLU_TABLE_TWICE: row(500, ['Two packs declare the same table', '两个组件包声明了同一张表'], ['Remove one of them', '请移除其中一个']),
  SLU_TABLE_CHANGED: row(
    500,
    ['A table changed without a migration', '表结构变更缺少迁移'],
    ['Start the version that wrote the data', '请启动写入该数据的版本'],
  ),
  SLU_AUDIT_NOT_JSON: row(500, ['An audit entry is not plain JSON', '审计记录不是普通 JSON'], fault),
  SLU_BACKUP_TARGET: row(409, ['The folder for the backup is not empty', '备份文件夹不为空'], ['Choose a new one', '请选择新的文件夹']),
  SLU_BACKUP_UNKNOWN: row(
    404,
    ['There is no backup here', '此处没有备份'],
    ['Name the folder that sluice backup made', '请指定 sluice backup 生成的文件夹'],
  ),
  SLU_BACKUP_DAMAGED: row(
    422,
    ['The backup is damaged; nothing was replaced', '备份已损坏，未替换任何数据'],
    ['Use another backup', '请使用其他备份'],
  ),
})
