/** The answer to a request that is refused. */
import type { ErrorCode } from '../errorCodes.ts'

/** `message` is a sentence for people, `fields` names what to mend in a form. */
export interface ApiError {
  error: { code: ErrorCode; message: string; fields?: Record<string, string> }
}
