import { codePart, type Recipe } from '../recipe.ts'

const insert = 'insert|einfug|inser|встав|插入|挿入'

export const timestamp: Recipe = {
  id: 'timestamp',
  title: 'Timestamp',
  summary: 'inserts the date and time in a format of your choice',
  category: 'Other',
  keywords: [
    'timestamp|time stamp|zeitstempel|horodat|marca de tiempo|marca temporal|carimbo|marca oraria|时间戳|タイムスタンプ',
    'метк+времен',
    `date$|datum|fecha|data e ora|data e hora|data atual|data corrente|дату|日期|日付+${insert}`,
  ],
  usage: [
    'Run “Insert Date and Time”; it is written at every cursor in the format of the settings.',
    'A format is made of YYYY, MM, DD, HH, mm, ss, SSS and Z; text in [brackets] stays as it is.',
  ],
  part: () =>
    codePart({
      id: 'timestamp',
      title: 'Timestamp',
      call: 'activateTimestamp',
      contributes: {
        commands: [
          { command: 'timestamp.insert', title: 'Insert Date and Time', category: 'Timestamp' },
          { command: 'timestamp.insertIso', title: 'Insert ISO 8601 Time (UTC)', category: 'Timestamp' },
          { command: 'timestamp.insertUnix', title: 'Insert Unix Time', category: 'Timestamp' },
          { command: 'timestamp.pick', title: 'Insert in a Chosen Format', category: 'Timestamp' },
        ],
        settings: {
          'timestamp.format': {
            type: 'string',
            default: 'YYYY-MM-DD HH:mm:ss',
            description: 'The format to write.',
          },
        },
      },
    }),
}
