import { z } from 'zod'
import { idInput, pageInput } from './common.ts'

export const historyInput = z.strictObject({ ...pageInput })
export const receiptInput = z.strictObject({ holdId: idInput('hold') })
