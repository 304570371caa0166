import { limits } from '@paperboard/shared/limits'

export const passwordHint = `At least ${limits.passwordMin} characters. A few words in a row are easy to keep in mind.`
